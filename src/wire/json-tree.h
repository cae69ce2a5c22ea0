/* json-tree.h: a checked JSON tree and its members, whether boards write them as text or number */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "wire/json-check.h"

/** sonde_json_tree_load: (transfer full) (nullable): NULL where @text is not JSON or beyond the
 * limits of wire/json-check. */
JsonNode *sonde_json_tree_load (const char *text, gsize size, SondeJsonFacts *facts);

/** sonde_json_tree_copy_safe: cuts @text at a character; control characters become symbols. */
void sonde_json_tree_copy_safe (char *out, gsize size, const char *text);

/** sonde_json_tree_lookup_value: (transfer none) (nullable): a text, number or bool member. */
JsonNode *sonde_json_tree_lookup_value (JsonObject *object, const char *name);
/** sonde_json_tree_lookup_text: (nullable): a text member. */
const char *sonde_json_tree_lookup_text (JsonObject *object, const char *name);
/** sonde_json_tree_copy_text: safe text of a text, number or bool; @out stays where there is none.
 */
void sonde_json_tree_copy_text (JsonObject *object, const char *name, char *out, gsize size);
/** sonde_json_tree_to_whole: a number or the text of one, base 10 without a prefix. */
gboolean sonde_json_tree_to_whole (JsonNode *node, guint64 *value);
gboolean sonde_json_tree_get_whole (JsonObject *object, const char *name, guint64 *value);
/** sonde_json_tree_get_limit: a small number that a board announces; true is 1, absent is 0. */
guint sonde_json_tree_get_limit (JsonObject *object, const char *name);
/** sonde_json_tree_to_double: a number, a bool or the text of a number. */
gboolean sonde_json_tree_to_double (JsonNode *node, double *value);
