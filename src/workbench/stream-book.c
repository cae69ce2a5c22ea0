/* stream-book.c: what boards push, by name, and how much of it shows by itself */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/stream-book.h"

#include "base/log.h"

#define QUIET_US G_USEC_PER_SEC

/* Of one board. */
typedef struct
{
  GHashTable *streams; /* path -> SondeVariable */
  guint n_hidden;      /* not yet told */
  gint64 hidden_us;    /* monotonic, of the newest of these */
} Page;

struct _SondeStreamBook
{
  GHashTable *pages; /* device name -> Page */
};

static void
free_page (gpointer data)
{
  Page *page = data;

  g_hash_table_unref (page->streams);
  g_free (page);
}

SondeStreamBook *
sonde_stream_book_new (void)
{
  SondeStreamBook *self = g_new0 (SondeStreamBook, 1);

  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_page);
  return self;
}

void
sonde_stream_book_free (SondeStreamBook *self)
{
  g_hash_table_unref (self->pages);
  g_free (self);
}

static Page *
ensure_page (SondeStreamBook *self, const char *device)
{
  Page *page = g_hash_table_lookup (self->pages, device);

  if (page != NULL)
    return page;
  page = g_new0 (Page, 1);
  page->streams = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) sonde_variable_unref);
  g_hash_table_insert (self->pages, g_strdup (device), page);
  return page;
}

void
sonde_stream_book_add (SondeStreamBook *self, const char *device, SondeVariable *variable)
{
  /* Replaced, key and all: the old key lies in the old variable. */
  g_hash_table_replace (ensure_page (self, device)->streams,
                        (gpointer) sonde_variable_get_path (variable),
                        sonde_variable_ref (variable));
}

SondeVariable *
sonde_stream_book_lookup (SondeStreamBook *self, const char *device, const char *name)
{
  Page *page = g_hash_table_lookup (self->pages, device);

  return page == NULL ? NULL : g_hash_table_lookup (page->streams, name);
}

void
sonde_stream_book_count_hidden (SondeStreamBook *self, const char *device, gint64 now_us)
{
  Page *page = ensure_page (self, device);

  page->n_hidden++;
  page->hidden_us = now_us;
}

void
sonde_stream_book_tell_hidden (SondeStreamBook *self, gint64 now_us)
{
  GHashTableIter iter;
  const char *device = NULL;
  Page *page = NULL;

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, (gpointer *) &device, (gpointer *) &page))
    {
      if (page->n_hidden == 0 || now_us - page->hidden_us < QUIET_US)
        continue;
      sonde_log_printf (SONDE_LOG_INFO, device, "streams",
                        "pushes %u values more than the %u shown; add them by name", page->n_hidden,
                        SONDE_STREAM_ROWS_MAX);
      page->n_hidden = 0;
    }
}
