/* listen-address.h: where the program listens, as people write it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/** sonde_listen_address_parse: "ADDR:PORT" or "[ADDR]:PORT". FALSE where @text is something else.
 */
gboolean sonde_listen_address_parse (const char *text, char **address, guint *port);

/** sonde_listen_address_resolve: (transfer full) (nullable): NULL where @address is no numeric
 * address and not "localhost", or is not loopback. */
GSocketAddress *sonde_listen_address_resolve (const char *address, guint port);
