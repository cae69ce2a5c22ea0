/* same-message.h: two readers of one text must have made the same message of it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wire/message.h"

static inline void
assert_same_message (const SondeMessage *a, const SondeMessage *b)
{
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->has_seq, ==, b->has_seq);
  g_assert_cmpuint (a->seq, ==, b->seq);
  g_assert_cmpint (a->has_address, ==, b->has_address);
  g_assert_cmpuint (a->address, ==, b->address);
  g_assert_cmpint (a->form, ==, b->form);
  g_assert_cmpuint (a->bits, ==, b->bits);
  /* Nothing equals NaN, so the bytes are compared. */
  g_assert_cmpmem (&a->number, sizeof a->number, &b->number, sizeof b->number);
  g_assert_cmpint (a->has_data, ==, b->has_data);
  g_assert_cmpmem (a->data->data, a->data->len, b->data->data, b->data->len);
  g_assert_cmpint (a->has_time, ==, b->has_time);
  g_assert_cmpuint (a->time, ==, b->time);
  g_assert_cmpint (a->is_error, ==, b->is_error);
}
