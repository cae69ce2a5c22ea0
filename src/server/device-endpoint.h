/* device-endpoint.h: a board's request for a WebSocket becomes a channel */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "server/ws-channel.h"

/** sonde_device_endpoint_upgrade: answers 101 and hands the channel to @adopt, or answers 400. */
void sonde_device_endpoint_upgrade (SoupServerMessage *message, SondeAdoptFunc adopt,
                                    gpointer user_data);
