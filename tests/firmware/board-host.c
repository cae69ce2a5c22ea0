/* board-host.c: a bare server for one demo board: spawns it, shakes hands, asks, listens */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-host.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE_MS 20000

static const char *
get_program (void)
{
  const char *program = g_getenv ("SONDE_DEMO_BOARD");

  g_assert_nonnull (program);
  return program;
}

static void
listen_on_any_port (BoardHost *self)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl (INADDR_LOOPBACK) } };
  socklen_t size = sizeof address;

  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, size), ==, 0);
  g_assert_cmpint (listen (self->listener, 4), ==, 0);
  g_assert_cmpint (getsockname (self->listener, (struct sockaddr *) &address, &size), ==, 0);
  self->port = ntohs (address.sin_port);
}

BoardHost *
board_host_spawn (const char *options)
{
  BoardHost *self = g_new0 (BoardHost, 1);
  g_autofree char *line = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;

  listen_on_any_port (self);
  self->connection = -1;
  self->in = g_byte_array_new ();
  line = g_strdup_printf ("%s --url ws://127.0.0.1:%u/telemetry --parent %d %s", get_program (),
                          self->port, (int) getpid (), options);
  argv = g_strsplit (g_strchomp (line), " ", -1);
  g_spawn_async (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &self->pid, &error);
  g_assert_no_error (error);
  return self;
}

static gboolean
wait_readable (int fd, guint timeout_ms)
{
  struct pollfd watch = { .fd = fd, .events = POLLIN };

  return poll (&watch, 1, (int) timeout_ms) > 0;
}

/* FALSE at the end of the connection or after the time. */
static gboolean
need (BoardHost *self, gsize size, guint timeout_ms)
{
  while (self->in->len < size)
    {
      guint8 bytes[4096];
      gssize n;

      if (!wait_readable (self->connection, timeout_ms))
        return FALSE;
      n = recv (self->connection, bytes, sizeof bytes, 0);
      if (n <= 0)
        return FALSE;
      g_byte_array_append (self->in, bytes, (guint) n);
    }
  return TRUE;
}

static void
read_request (BoardHost *self)
{
  const char *end;

  for (gsize size = 1;; size++)
    {
      g_assert_true (need (self, size, PATIENCE_MS));
      end = g_strstr_len ((char *) self->in->data, (gssize) size, "\r\n\r\n");
      if (end != NULL)
        break;
    }
  g_clear_pointer (&self->request_text, g_free);
  self->request_text
      = g_strndup ((char *) self->in->data, (gsize) (end - (char *) self->in->data) + 4);
  g_byte_array_remove_range (self->in, 0, (guint) strlen (self->request_text));
}

void
board_host_accept (BoardHost *self)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *accept_text = NULL;
  g_autofree char *answer = NULL;
  guint8 digest[20];
  gsize size = sizeof digest;
  const char *key;

  g_assert_true (wait_readable (self->listener, PATIENCE_MS));
  self->connection = accept4 (self->listener, NULL, NULL, SOCK_CLOEXEC);
  g_assert_cmpint (self->connection, >=, 0);
  g_byte_array_set_size (self->in, 0);
  read_request (self);
  key = strstr (self->request_text, "Sec-WebSocket-Key: ");
  g_assert_nonnull (key);
  g_checksum_update (sum, (const guchar *) key + strlen ("Sec-WebSocket-Key: "), 24);
  g_checksum_update (sum, (const guchar *) "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", 36);
  g_checksum_get_digest (sum, digest, &size);
  accept_text = g_base64_encode (digest, size);
  answer = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                            accept_text);
  g_assert_cmpint (send (self->connection, answer, strlen (answer), MSG_NOSIGNAL), ==,
                   (gssize) strlen (answer));
}

BoardHost *
board_host_start (const char *options)
{
  BoardHost *self = board_host_spawn (options);

  board_host_accept (self);
  return self;
}

void
board_host_free (BoardHost *self)
{
  if (self->pid > 0)
    {
      kill (self->pid, SIGKILL);
      waitpid (self->pid, NULL, 0);
    }
  if (self->connection >= 0)
    close (self->connection);
  close (self->listener);
  g_byte_array_unref (self->in);
  g_free (self->request_text);
  g_free (self);
}

void
board_host_send_frame (BoardHost *self, guint8 head, const char *payload, gsize size)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  guint8 bytes[4] = { head, size < 126 ? (guint8) size : 126, (guint8) (size >> 8), (guint8) size };

  g_byte_array_append (frame, bytes, size < 126 ? 2 : 4);
  g_byte_array_append (frame, (const guint8 *) payload, (guint) size);
  g_assert_cmpint (send (self->connection, frame->data, frame->len, MSG_NOSIGNAL), ==,
                   (gssize) frame->len);
}

void
board_host_send (BoardHost *self, const char *text)
{
  board_host_send_frame (self, 0x81, text, strlen (text));
}

char *
board_host_take (BoardHost *self, guint8 *head, guint timeout_ms)
{
  gsize start, size;
  const guint8 *mask;
  char *payload;

  if (!need (self, 2, timeout_ms))
    return NULL;
  start = (self->in->data[1] & 127) == 126 ? 4 : 2;
  if (!need (self, start, timeout_ms))
    return NULL;
  size = start == 4 ? (gsize) self->in->data[2] << 8 | self->in->data[3] : self->in->data[1] & 127u;
  self->was_masked = (self->in->data[1] & 128) != 0;
  start += self->was_masked ? 4 : 0;
  if (!need (self, start + size, timeout_ms))
    return NULL;
  *head = self->in->data[0];
  payload = g_strndup ((char *) self->in->data + start, size);
  mask = self->in->data + start - 4;
  for (gsize i = 0; i < size && self->was_masked; i++)
    payload[i] = (char) (self->in->data[start + i] ^ mask[i % 4]);
  g_byte_array_remove_range (self->in, 0, (guint) (start + size));
  return payload;
}

char *
board_host_ask (BoardHost *self, const char *text)
{
  guint8 head;

  board_host_send (self, text);
  for (;;)
    {
      g_autofree char *payload = board_host_take (self, &head, PATIENCE_MS);

      g_assert_nonnull (payload);
      if (head == 0x81 && !g_str_has_prefix (payload, "{\"type\":\"log\""))
        return g_steal_pointer (&payload);
    }
}

char *
board_host_ask_write (BoardHost *host, guint64 address, guint bits, guint64 data)
{
  g_autofree char *request = g_strdup_printf (
      "{\"cmd\":\"mem_write\",\"add\":\"0x%08X\",\"size\":\"%u\",\"data\":\"0x%" G_GINT64_MODIFIER
      "x\"}",
      (guint) address, bits, data);

  return board_host_ask (host, request);
}

void
board_host_write (BoardHost *host, guint64 address, guint bits, guint64 data)
{
  g_autofree char *answer = board_host_ask_write (host, address, bits, data);

  g_assert_nonnull (strstr (answer, "\"state\":\"success\""));
}

int
board_host_wait_exit (BoardHost *self)
{
  int status = -1;

  for (guint waited_ms = 0; waitpid (self->pid, &status, WNOHANG) == 0; waited_ms += 10)
    {
      g_assert_cmpuint (waited_ms, <, PATIENCE_MS);
      g_usleep (10000);
    }
  self->pid = 0;
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static guint64
find_symbol (Elf *elf, Elf_Scn *section, const char *name)
{
  GElf_Shdr head;
  Elf_Data *data = elf_getdata (section, NULL);

  gelf_getshdr (section, &head);
  for (gsize i = 0; head.sh_type == SHT_SYMTAB && i < head.sh_size / head.sh_entsize; i++)
    {
      GElf_Sym symbol;

      gelf_getsym (data, (int) i, &symbol);
      if (GELF_ST_TYPE (symbol.st_info) == STT_OBJECT
          && g_str_equal (elf_strptr (elf, head.sh_link, symbol.st_name), name))
        return symbol.st_value;
    }
  return 0;
}

guint64
board_host_get_address (const char *symbol)
{
  int fd = open (get_program (), O_RDONLY | O_CLOEXEC);
  guint64 address = 0;
  Elf_Scn *section = NULL;
  Elf *elf;

  elf_version (EV_CURRENT);
  elf = elf_begin (fd, ELF_C_READ, NULL);
  g_assert_nonnull (elf);
  while (address == 0 && (section = elf_nextscn (elf, section)) != NULL)
    address = find_symbol (elf, section, symbol);
  elf_end (elf);
  close (fd);
  g_assert_cmpuint (address, !=, 0);
  return address;
}
