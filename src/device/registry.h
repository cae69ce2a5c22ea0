/* registry.h: all boards; one that returns is the same board */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/device.h"
#include "wire/channel.h"

/* Engine thread only. Signals: "device-added" (SondeDevice*), "device-removed" (SondeDevice*),
 * "device-ready" (SondeDevice*): each time init was answered with anything new. */
#define SONDE_TYPE_REGISTRY (sonde_registry_get_type ())
G_DECLARE_FINAL_TYPE (SondeRegistry, sonde_registry, SONDE, REGISTRY, GObject)

SondeRegistry *sonde_registry_new (void);
/**
 * sonde_registry_adopt:
 * @channel: a new connection on a device path; the registry keeps a reference until it closes
 *
 * Greets it as device.md 1.6 says: init 300 ms after the upgrade or after its first message.
 * The board gets its device when init is answered (same name: the same SondeDevice; two at once:
 * newest wins, old one closed with 4000) or after 5 s of silence (a stream device named after its
 * address).
 */
void sonde_registry_adopt (SondeRegistry *self, SondeChannel *channel);
guint sonde_registry_get_n (SondeRegistry *self);
SondeDevice *sonde_registry_get (SondeRegistry *self,
                                 guint index); /* (transfer none) by first appearance */
SondeDevice *sonde_registry_lookup (SondeRegistry *self,
                                    const char *name); /* (transfer none) (nullable) */
/** sonde_registry_forget: drops a LOST device and its watches. */
void sonde_registry_forget (SondeRegistry *self, SondeDevice *device);
/** sonde_registry_end_async: "end" to all, at most 1 s together. */
void sonde_registry_end_async (SondeRegistry *self, GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean sonde_registry_end_finish (SondeRegistry *self, GAsyncResult *result, GError **error);
