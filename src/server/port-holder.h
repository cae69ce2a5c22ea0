/* port-holder.h: which program listens on a TCP port of this machine */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** sonde_port_holder_dup: (transfer full) (nullable): "NAME (pid N)"; NULL where nobody listens or
 * the process is another user's. */
char *sonde_port_holder_dup (guint port);
