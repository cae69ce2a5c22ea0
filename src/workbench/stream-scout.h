/* stream-scout.h: notices what boards begin to push */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/registry.h"

/* Something a board pushes that it did not push before, on this connection. */
typedef struct
{
  char *device;
  SondeVariable *variable;
} SondeStreamNews;

void sonde_stream_news_free (gpointer news);

/* Owned struct, engine thread. */
typedef struct _SondeStreamScout SondeStreamScout;

SondeStreamScout *sonde_stream_scout_new (void);
void sonde_stream_scout_free (SondeStreamScout *self);
/** sonde_stream_scout_look: @fresh: (element-type SondeStreamNews): gets what is new since the last
 * look; after a reconnection all that comes again is. */
void sonde_stream_scout_look (SondeStreamScout *self, SondeRegistry *registry, GPtrArray *fresh);
