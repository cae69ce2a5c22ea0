/* watch-children.h: the rows below a watched struct or array, made when asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/variable.h"
#include "workbench/watch-row.h"

/* Makes the row of one member. */
typedef SondeWatchRow *(*SondeWatchChildFunc) (SondeVariable *child, gpointer user_data);

/* A GListModel of SondeWatchRow. Up to 256 rows live until it is closed; of more only those
 * somebody holds. */
#define SONDE_TYPE_WATCH_CHILDREN (sonde_watch_children_get_type ())
G_DECLARE_FINAL_TYPE (SondeWatchChildren, sonde_watch_children, SONDE, WATCH_CHILDREN, GObject)

SondeWatchChildren *sonde_watch_children_new (SondeVariable *variable, SondeWatchChildFunc make,
                                              gpointer user_data);
/** sonde_watch_children_close: detaches every row and empties the model. */
void sonde_watch_children_close (SondeWatchChildren *self);
/** sonde_watch_children_foreach: rows that exist now. */
void sonde_watch_children_foreach (SondeWatchChildren *self,
                                   void (*func) (SondeWatchRow *row, gpointer user_data),
                                   gpointer user_data);
