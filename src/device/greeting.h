/* greeting.h: a new connection until it is known who it is */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/json-link.h"

/* Owned struct, engine thread. */
typedef struct _SondeGreeting SondeGreeting;

typedef enum
{
  SONDE_GREETING_ANSWERED,
  SONDE_GREETING_SILENT, /* 5 s without an answer to init */
  SONDE_GREETING_CLOSED,
} SondeGreetingEnd;

/* Once, last; the greeting may be freed inside. @identity: NULL unless ANSWERED. */
typedef void (*SondeGreetingFunc) (SondeGreeting *self, SondeGreetingEnd end,
                                   const SondeIdentity *identity, gpointer user_data);

SondeGreeting *sonde_greeting_new (SondeChannel *channel, SondeGreetingFunc func,
                                   gpointer user_data);
/** sonde_greeting_free: closes the connection unless its link was taken. */
void sonde_greeting_free (SondeGreeting *self);
/** sonde_greeting_get_due: monotonic: when sonde_greeting_tick() has something to do. */
gint64 sonde_greeting_get_due (SondeGreeting *self);
void sonde_greeting_tick (SondeGreeting *self, gint64 now_us);
/** sonde_greeting_take_link: (transfer full): after its end. */
SondeJsonLink *sonde_greeting_take_link (SondeGreeting *self);
/** sonde_greeting_take_backlog: (element-type GBytes) (transfer full): what it said meanwhile. */
GPtrArray *sonde_greeting_take_backlog (SondeGreeting *self);
