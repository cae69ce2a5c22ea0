/* log.c: one writer of log lines, three sinks: console, rotating file, bounded ring */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log-file.h"
#include "base/log-limit.h"
#include "base/log-ring.h"

#define MAX_LINES 1000000
#define MAX_BYTES (256u << 20)
#define LINES_PER_SECOND                                                                           \
  20000 /* a chatty board writes 10 000, and all of them belong in the file */
#define FILE_BYTES (5u << 20)
#define N_FILES 5
#define SILENT (-1)

/* Readers take the ring's lock alone and so never wait for a disk. A writer takes the writers' lock
 * first: the order of lines is the same in all three sinks. */
static GMutex writers_lock;
static GMutex ring_lock;
static SondeLogRing *ring;   /* guarded by ring_lock */
static SondeLogLimit *limit; /* the rest by writers_lock */
static SondeLogFile *file;
static int console_level = SILENT;
static gboolean has_colour;
static GLogLevelFlags fatal_levels; /* set once, at install */
static _Thread_local gboolean is_writing;

static void
push_to_ring (SondeLogLine *line)
{
  g_mutex_lock (&ring_lock);
  if (ring == NULL)
    ring = sonde_log_ring_new (MAX_LINES, MAX_BYTES);
  sonde_log_ring_push (ring, sonde_log_line_ref (line));
  g_mutex_unlock (&ring_lock);
}

static void
print_to_console (const SondeLogLine *line)
{
  g_autoptr (GString) text = NULL;

  if ((int) line->level > console_level)
    return;
  text = g_string_sized_new (256);
  sonde_log_line_append_short (line, has_colour, text);
  fwrite (text->str, 1, text->len, stderr);
}

static void write_line (SondeLogLevel level, const char *device, const char *tag, const char *text);

/* A disk that is full must not fill the log as well: the file is given up, and that is said once.
 */
static void
write_to_file (const SondeLogLine *line)
{
  g_autoptr (GString) text = NULL;
  g_autoptr (GError) error = NULL;

  if (file == NULL)
    return;
  text = g_string_sized_new (256);
  sonde_log_line_append (line, text);
  if (sonde_log_file_write (file, text->str, text->len, &error))
    return;
  g_clear_pointer (&file, sonde_log_file_free);
  g_autofree char *message = g_strdup_printf ("%s; the log file is closed", error->message);
  write_line (SONDE_LOG_WARNING, NULL, "log", message);
}

/* Called with the writers' lock held. */
static void
write_line (SondeLogLevel level, const char *device, const char *tag, const char *text)
{
  is_writing = TRUE;
  g_autoptr (SondeLogLine) line = sonde_log_line_new (level, device, tag, text);

  push_to_ring (line);
  print_to_console (line);
  write_to_file (line);
  is_writing = FALSE;
}

static void
on_dropped (const char *device, guint n_dropped, gpointer user_data)
{
  g_autofree char *text
      = g_strdup_printf ("%u %s dropped", n_dropped, n_dropped == 1 ? "line" : "lines");

  write_line (SONDE_LOG_WARNING, device, "log", text);
}

static void
tell_dropped (void)
{
  if (limit != NULL)
    sonde_log_limit_tell (limit, sonde_clock_now_us (), on_dropped, NULL);
}

static gboolean
is_allowed (const char *device)
{
  if (device == NULL)
    return TRUE;
  if (limit == NULL)
    limit = sonde_log_limit_new (LINES_PER_SECOND);
  return sonde_log_limit_take (limit, device, sonde_clock_now_us ());
}

void
sonde_log_write (SondeLogLevel level, const char *device, const char *tag, const char *text)
{
  g_return_if_fail ((guint) level < SONDE_LOG_N_LEVELS && text != NULL);

  g_mutex_lock (&writers_lock);
  tell_dropped ();
  if (is_allowed (device))
    write_line (level, device, tag, text);
  g_mutex_unlock (&writers_lock);
}

void
sonde_log_printf (SondeLogLevel level, const char *device, const char *tag, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  sonde_log_write (level, device, tag, text);
}

void
sonde_log_set_console (int level, gboolean colour)
{
  g_mutex_lock (&writers_lock);
  console_level = level;
  has_colour = colour;
  g_mutex_unlock (&writers_lock);
}

gboolean
sonde_log_open_files (const char *directory, GError **error)
{
  SondeLogFile *opened = sonde_log_file_open (directory, "sonde.log", FILE_BYTES, N_FILES, error);

  if (opened == NULL)
    return FALSE;
  g_mutex_lock (&writers_lock);
  g_clear_pointer (&file, sonde_log_file_free);
  file = opened;
  g_mutex_unlock (&writers_lock);
  return TRUE;
}

void
sonde_log_close_files (void)
{
  g_mutex_lock (&writers_lock);
  tell_dropped ();
  g_clear_pointer (&file, sonde_log_file_free);
  g_mutex_unlock (&writers_lock);
}

guint64
sonde_log_get_newest (void)
{
  g_mutex_lock (&ring_lock);
  const guint64 newest = ring != NULL ? sonde_log_ring_get_newest (ring) : 0;
  g_mutex_unlock (&ring_lock);
  return newest;
}

GPtrArray *
sonde_log_dup_since (guint64 number, guint max)
{
  GPtrArray *lines;

  /* Whoever looks learns what was dropped, even when the board has fallen silent since. */
  if (g_mutex_trylock (&writers_lock))
    {
      tell_dropped ();
      g_mutex_unlock (&writers_lock);
    }
  g_mutex_lock (&ring_lock);
  lines = ring != NULL ? sonde_log_ring_dup_since (ring, number, max)
                       : g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_log_line_unref);
  g_mutex_unlock (&ring_lock);
  return lines;
}

static SondeLogLevel
get_level (GLogLevelFlags flags)
{
  if (flags & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return SONDE_LOG_ERROR;
  if (flags & G_LOG_LEVEL_WARNING)
    return SONDE_LOG_WARNING;
  return flags & G_LOG_LEVEL_DEBUG ? SONDE_LOG_DEBUG : SONDE_LOG_INFO;
}

/* NULL where it is missing. A field comes with a length or with a NUL. */
static char *
dup_field (const GLogField *fields, gsize n, const char *key)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (fields[i].key, key) == 0 && fields[i].value != NULL)
      return fields[i].length < 0 ? g_strdup (fields[i].value)
                                  : g_strndup (fields[i].value, (gsize) fields[i].length);
  return NULL;
}

/* A last word must be seen, and no sink may be set up yet. The older call of GLib ends the program
 * by itself. */
static void
end_with_last_word (GLogLevelFlags flags, const GLogField *fields, gsize n)
{
  g_autofree char *older = dup_field (fields, n, "GLIB_OLD_LOG_API");

  g_log_writer_standard_streams (flags, fields, n, NULL);
  if (older == NULL && flags & fatal_levels)
    G_BREAKPOINT ();
}

static GLogWriterOutput
write_glib (GLogLevelFlags flags, const GLogField *fields, gsize n, gpointer user_data)
{
  g_autofree char *domain = dup_field (fields, n, "GLIB_DOMAIN");
  g_autofree char *message = dup_field (fields, n, "MESSAGE");
  const gboolean is_ours = domain != NULL && g_str_has_prefix (domain, "sonde");
  const char *tag = domain;

  /* What the log itself complains of would wait for its own lock. */
  if (is_writing)
    return g_log_writer_standard_streams (flags, fields, n, user_data);
  /* Debug lines of libraries come in thousands: only where G_MESSAGES_DEBUG asks for them. */
  if (!is_ours && g_log_writer_default_would_drop (flags, domain))
    return G_LOG_WRITER_HANDLED;
  if (is_ours && domain[5] == '-')
    tag = domain + 6;
  sonde_log_write (get_level (flags), NULL, tag, message != NULL ? message : "");

  if (flags & (G_LOG_FLAG_FATAL | G_LOG_LEVEL_ERROR | fatal_levels))
    end_with_last_word (flags, fields, n);
  return G_LOG_WRITER_HANDLED;
}

void
sonde_log_install (void)
{
  static gsize once;

  if (!g_once_init_enter (&once))
    return;
  /* GLib's own writer heeds G_DEBUG=fatal-warnings; one that replaces it has to. */
  fatal_levels = g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_always_fatal (fatal_levels);
  g_log_set_writer_func (write_glib, NULL, NULL);
  g_once_init_leave (&once, 1);
}
