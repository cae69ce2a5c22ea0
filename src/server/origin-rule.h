/* origin-rule.h: which web pages may speak to us, and under which names (device.md 1.1) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** sonde_origin_is_own_host: @host is a Host header (or "" for none): loopback, or @own, the
 * numeric address on which the peer reached us. */
gboolean sonde_origin_is_own_host (const char *host, const char *own);

/**
 * sonde_origin_is_allowed:
 * @origin: (nullable): the Origin header; NULL: no browser speaks, allowed
 *
 * A browser sends Origin with every upgrade and page code cannot change it. Compares names;
 * ports do not count.
 */
gboolean sonde_origin_is_allowed (const char *origin, const char *host, const char *own);
