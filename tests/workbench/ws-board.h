/* ws-board.h: a board that dials in over a real socket; every word of its memory is its address */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "base/bytes.h"

typedef struct
{
  SoupSession *session;
  SoupWebsocketConnection *connection; /* NULL before it stands */
  char *identity;                      /* what init answers besides res and con_id */
  guint n_reads, n_writes;
  GBytes *flash; /* (nullable): what lies at flash_address */
  guint64 flash_address;
  gboolean hides_code; /* reads below the RAM are refused */
  guint n_code_reads;
} WsBoard;

/* The value of a word anywhere but in flash. */
static inline guint8
ws_board_byte (WsBoard *self, guint64 address)
{
  gsize size = 0;
  const guint8 *flash = self->flash == NULL ? NULL : g_bytes_get_data (self->flash, &size);
  guint8 word[4];

  if (address >= self->flash_address && address - self->flash_address < size)
    return flash[address - self->flash_address];
  sonde_bytes_store (word, 4, G_LITTLE_ENDIAN, address & ~G_GUINT64_CONSTANT (3));
  return word[address & 3];
}

static inline char *
ws_board_dup_bytes (WsBoard *self, guint64 address, guint size)
{
  g_autofree guint8 *bytes = g_malloc (size);

  for (guint i = 0; i < size; i++)
    bytes[i] = ws_board_byte (self, address + i);
  return g_base64_encode (bytes, size);
}

static inline char *
ws_board_dup_many (WsBoard *self, JsonObject *command)
{
  JsonArray *reads = json_object_get_array_member (command, "reads");
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i < json_array_get_length (reads); i++)
    {
      JsonArray *entry = json_array_get_array_element (reads, i);
      const guint64 address = g_ascii_strtoull (json_array_get_string_element (entry, 0), NULL, 16);

      for (gint64 at = 0; at < json_array_get_int_element (entry, 1); at++)
        {
          const guint8 byte = ws_board_byte (self, address + (guint64) at);

          g_byte_array_append (bytes, &byte, 1);
        }
    }
  self->n_reads++;
  return g_base64_encode (bytes->data, bytes->len);
}

/* Of a batch: where its first read lies. */
static inline guint64
ws_board_get_address (JsonObject *command, const char *add)
{
  JsonArray *first = NULL;

  if (!json_object_has_member (command, "reads"))
    return g_ascii_strtoull (add, NULL, 16);
  first = json_array_get_array_element (json_object_get_array_member (command, "reads"), 0);
  return g_ascii_strtoull (json_array_get_string_element (first, 0), NULL, 16);
}

static inline char *
ws_board_dup_answer (WsBoard *self, JsonObject *command, const char *name)
{
  const char *add = json_object_get_string_member_with_default (command, "add", "0");
  const guint64 address = ws_board_get_address (command, add);
  const guint bits = (guint) g_ascii_strtoull (
      json_object_get_string_member_with_default (command, "size", "8"), NULL, 10);
  const guint n = (guint) json_object_get_int_member_with_default (command, "count", 1);
  g_autofree char *data = NULL;

  if (g_str_has_prefix (name, "mem_read") && address < 0x20000000 && address > 0)
    {
      self->n_code_reads++;
      if (self->hides_code)
        return g_strdup_printf (",\"add\":\"%s\",\"state\":\"error\",\"code\":\"RANGE\","
                                "\"error\":\"not readable\"",
                                add);
    }
  if (g_str_equal (name, "init"))
    return g_strdup_printf (",\"con_id\":\"01\"%s", self->identity);
  if (g_str_equal (name, "mem_write"))
    {
      self->n_writes++;
      return g_strdup_printf (",\"add\":\"%s\",\"state\":\"success\"", add);
    }
  data = g_str_equal (name, "mem_read_many") ? ws_board_dup_many (self, command)
                                             : ws_board_dup_bytes (self, address, n * bits / 8);
  return g_str_equal (name, "mem_read_many")
             ? g_strdup_printf (",\"t\":0,\"data\":\"%s\"", data)
             : g_strdup_printf (",\"add\":\"%s\",\"data\":\"%s\"", add, data);
}

static inline void
ws_board_on_message (SoupWebsocketConnection *connection, int type, GBytes *message,
                     gpointer user_data)
{
  g_autoptr (JsonNode) node = json_from_string (g_bytes_get_data (message, NULL), NULL);
  JsonObject *command = json_node_get_object (node);
  const char *name = json_object_get_string_member (command, "cmd");
  g_autofree char *rest = ws_board_dup_answer (user_data, command, name);
  g_autofree char *seq = json_object_has_member (command, "seq")
                             ? g_strdup_printf (",\"seq\":%" G_GINT64_FORMAT,
                                                json_object_get_int_member (command, "seq"))
                             : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("{\"res\":\"%s\"%s%s}", name, seq, rest);

  if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (connection, text);
}

static inline void
ws_board_on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WsBoard *self = user_data;
  g_autoptr (GError) error = NULL;

  SoupWebsocketConnection *connection
      = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* freed before it stood */
  g_assert_no_error (error);
  self->connection = connection;
  g_signal_connect (self->connection, "message", G_CALLBACK (ws_board_on_message), self);
}

static inline WsBoard *
ws_board_new (const char *url, const char *identity)
{
  WsBoard *self = g_new0 (WsBoard, 1);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, url);

  self->identity = g_strdup (identity);
  self->session = soup_session_new ();
  soup_session_websocket_connect_async (self->session, message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        NULL, ws_board_on_connected, self);
  return self;
}

static inline void
ws_board_free (WsBoard *self)
{
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  soup_session_abort (self->session);
  g_clear_object (&self->connection);
  g_clear_object (&self->session);
  g_clear_pointer (&self->flash, g_bytes_unref);
  g_free (self->identity);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WsBoard, ws_board_free)
