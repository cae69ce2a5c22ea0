/* watch-children.h: the rows below a watched struct, array or pointer, made when asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "types/variable.h"

/* How a row is made of a member, and how it stops being polled. The model does not know what rows
 * are. */
typedef struct
{
  GType type;
  gpointer (*make) (SondeVariable *child, gpointer user_data); /* (transfer full) a GObject */
  void (*detach) (gpointer row);
} SondeWatchChildKind;

/* A GListModel. Up to 256 rows live until it is closed; of more only those somebody holds. */
#define SONDE_TYPE_WATCH_CHILDREN (sonde_watch_children_get_type ())
G_DECLARE_FINAL_TYPE (SondeWatchChildren, sonde_watch_children, SONDE, WATCH_CHILDREN, GObject)

/** sonde_watch_children_can_open: there are rows to be had below @variable. A pointer opens to what
 * it points to, wherever that is: to its members, or to the one value. */
gboolean sonde_watch_children_can_open (SondeVariable *variable);
/** sonde_watch_children_new: @kind must be static. */
SondeWatchChildren *sonde_watch_children_new (SondeVariable *variable,
                                              const SondeWatchChildKind *kind, gpointer user_data);
/** sonde_watch_children_close: detaches every row and empties the model. */
void sonde_watch_children_close (SondeWatchChildren *self);
/**
 * sonde_watch_children_move:
 * @variable: of the same shape at another place
 * @func: gets each row that exists now and its member there
 *
 * Returns: FALSE where the shapes differ; nothing was done then
 */
gboolean sonde_watch_children_move (SondeWatchChildren *self, SondeVariable *variable,
                                    void (*func) (gpointer row, SondeVariable *child));
/** sonde_watch_children_foreach: rows that exist now. */
void sonde_watch_children_foreach (SondeWatchChildren *self, GFunc func, gpointer user_data);
