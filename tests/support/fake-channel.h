/* fake-channel.h: a channel whose far end is the test */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wire/channel.h"

#define FAKE_TYPE_CHANNEL (fake_channel_get_type ())
G_DECLARE_FINAL_TYPE (FakeChannel, fake_channel, FAKE, CHANNEL, GObject)

/* Called for each message that the host sent; may push answers at once. */
typedef void (*FakeChannelFunc) (FakeChannel *self, const char *text, gpointer user_data);

FakeChannel *fake_channel_new (const char *peer, FakeChannelFunc func, gpointer user_data);
/** fake_channel_push: the board sends @text. */
void fake_channel_push (FakeChannel *self, const char *text);
/** fake_channel_break: the connection ends from the far side. */
void fake_channel_break (FakeChannel *self);
/** fake_channel_take: (transfer full) (nullable): the oldest message not taken yet, without its
 * line end. */
char *fake_channel_take (FakeChannel *self);
guint fake_channel_get_n (FakeChannel *self);
/** fake_channel_get_close_code: 0 while the host has not closed it. */
guint fake_channel_get_close_code (FakeChannel *self);
/** fake_channel_set_unmasked: the board breaks the masking rule of RFC 6455. */
void fake_channel_set_unmasked (FakeChannel *self);
