/* json-link.h: the device protocol over a channel: commands out, answers matched to them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/link.h"
#include "wire/channel.h"

/* A SondeLink. Engine thread only. Holds a reference on its channel until that closes. */
#define SONDE_TYPE_JSON_LINK (sonde_json_link_get_type ())
G_DECLARE_FINAL_TYPE (SondeJsonLink, sonde_json_link, SONDE, JSON_LINK, GObject)

SondeJsonLink *sonde_json_link_new (SondeChannel *channel);
/** sonde_json_link_replay: handles @text as if the board had sent it now: for messages that were
 * kept while nobody knew yet whose they are. */
void sonde_json_link_replay (SondeJsonLink *self, const char *text, gsize size);
