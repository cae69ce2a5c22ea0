/* debug-tree.h: messages of the device protocol by way of a JSON tree: all that is not hot */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wire/message.h"

/**
 * sonde_debug_tree_parse:
 * @message: reset
 *
 * Returns: FALSE where @text is not JSON or beyond the limits of wire/json-check
 */
gboolean sonde_debug_tree_parse (SondeMessage *message, const char *text, gsize size);
