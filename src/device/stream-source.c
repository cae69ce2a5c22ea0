/* stream-source.c: what a board pushes by itself: numbers as named traces, the rest as log lines */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/stream-source.h"

#include "base/clock.h"
#include "base/log.h"
#include "trace/trace-store.h"
#include "wire/debug-json.h"

/* A board that makes up names must not eat the memory. */
#define MAX_STREAMS 1024
#define MAX_NAME_BYTES 256
#define HISTORY_BYTES (32 * 1024 * 1024)
#define TRIM_SAMPLES 4096
#define MAX_LINES 10
#define MAX_LINE_BYTES 4096

struct _SondeStreamSource
{
  GPtrArray *streams;     /* of SondeWatch, by first appearance */
  GHashTable *by_name;    /* path -> SondeWatch, both borrowed */
  SondeTraceStore *store; /* bounds them together: nobody chose to watch these */
  guint n_untrimmed;
  SondeType *type; /* of all: double */
  gint64 time_us;  /* of the message that is being taken */
  gint64 received_us;
  guint n_taken;
  guint64 n_dropped;
};

SondeStreamSource *
sonde_stream_source_new (void)
{
  SondeStreamSource *self = g_new0 (SondeStreamSource, 1);

  self->streams = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->store = sonde_trace_store_new (HISTORY_BYTES);
  self->type = sonde_type_new_base (SONDE_KIND_NUMBER, "double", SONDE_ENCODING_FLOAT, TRUE, 8);
  return self;
}

void
sonde_stream_source_free (SondeStreamSource *self)
{
  g_hash_table_unref (self->by_name);
  sonde_trace_store_free (self->store);
  g_ptr_array_unref (self->streams);
  sonde_type_unref (self->type);
  g_free (self);
}

/* (transfer none) (nullable) */
static SondeWatch *
add_stream (SondeStreamSource *self, const char *name)
{
  const SondeVariableInfo info = { .path = name, .type = self->type, .byte_order = G_BYTE_ORDER };
  g_autoptr (SondeVariable) variable = NULL;
  SondeWatch *stream;

  if (self->streams->len >= MAX_STREAMS || strlen (name) > MAX_NAME_BYTES)
    return NULL;
  variable = sonde_variable_new (&info);
  stream = sonde_watch_new (variable, 0);
  g_ptr_array_add (self->streams, stream);
  sonde_trace_store_add (self->store, sonde_watch_get_trace (stream));
  g_hash_table_insert (self->by_name, (gpointer) sonde_variable_get_path (variable), stream);
  return stream;
}

static void
take_number (const char *name, double number, gpointer user_data)
{
  SondeStreamSource *self = user_data;
  SondeWatch *stream = g_hash_table_lookup (self->by_name, name);

  if (stream == NULL)
    stream = add_stream (self, name);
  if (stream == NULL)
    {
      self->n_dropped++;
      return;
    }
  sonde_watch_take_sample (stream, self->time_us, self->received_us, (const guint8 *) &number,
                           sizeof number);
  self->n_taken++;
}

static double
get_number (const SondeMessage *message)
{
  return message->form == SONDE_ANSWER_NUMBER ? message->number : (double) message->bits;
}

guint
sonde_stream_source_take (SondeStreamSource *self, const SondeMessage *message, const char *text,
                          gsize size, gint64 time_us)
{
  self->n_taken = 0;
  self->time_us = time_us;
  self->received_us = sonde_clock_now_us ();
  if (message->kind == SONDE_MESSAGE_DATA)
    {
      if (message->text != NULL && message->form != SONDE_ANSWER_NONE)
        take_number (message->text, get_number (message), self);
    }
  else if (message->kind == SONDE_MESSAGE_FREE)
    sonde_debug_json_foreach_number (text, size, take_number, self);
  self->n_untrimmed += self->n_taken;
  if (self->n_untrimmed >= TRIM_SAMPLES)
    {
      self->n_untrimmed = 0;
      sonde_trace_store_trim (self->store);
    }
  return self->n_taken;
}

void
sonde_stream_source_take_gap (SondeStreamSource *self)
{
  for (guint i = 0; i < self->streams->len; i++)
    sonde_watch_take_gap (g_ptr_array_index (self->streams, i));
}

void
sonde_stream_source_update_rates (SondeStreamSource *self, gint64 now_us)
{
  for (guint i = 0; i < self->streams->len; i++)
    sonde_watch_update_rate (g_ptr_array_index (self->streams, i), now_us);
}

guint
sonde_stream_source_get_n (SondeStreamSource *self)
{
  return self->streams->len;
}

SondeWatch *
sonde_stream_source_get (SondeStreamSource *self, guint index)
{
  g_return_val_if_fail (index < self->streams->len, NULL);

  return g_ptr_array_index (self->streams, index);
}

SondeWatch *
sonde_stream_source_lookup (SondeStreamSource *self, const char *name)
{
  return g_hash_table_lookup (self->by_name, name);
}

guint64
sonde_stream_source_get_n_dropped (SondeStreamSource *self)
{
  return self->n_dropped;
}

/* Lines of the log */

void
sonde_chatter_log (const char *device, const SondeMessage *message)
{
  SondeLogLevel level = SONDE_LOG_INFO;

  sonde_log_level_from_name (message->level, &level);
  sonde_log_write (level, device, message->tag, message->text != NULL ? message->text : "");
}

void
sonde_chatter_log_text (SondeChatter *self, const char *device, const char *text, gsize size,
                        gint64 now_us)
{
  g_autofree char *line = g_strndup (text, MIN (size, MAX_LINE_BYTES));
  gint64 second = now_us / G_USEC_PER_SEC;

  if (second != self->second)
    self->n_lines = 0;
  self->second = second;
  sonde_log_write (self->n_lines++ < MAX_LINES ? SONDE_LOG_INFO : SONDE_LOG_DEBUG, device,
                   "message", g_strchomp (line));
}
