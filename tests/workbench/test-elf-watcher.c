/* test-elf-watcher.c: however a linker writes its file, it is told once, and when it is whole */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/elf-watcher.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "small-elf.h"

#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define BODY 5000

typedef struct
{
  char *folder;
  char *path;
  SondeElfWatcher *watcher;
  guint n_settled, n_news;
  guint8 seen; /* mark of the whole file that was there when it settled */
} Bench;

/* Not by g_file_set_contents(), which leaves the end of a longer file there. */
static void
store (const char *path, const GByteArray *file, gsize size)
{
  const int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, file->data, size), ==, (gssize) size);
  close (fd);
}

static void
store_elf (const char *path, guint8 mark)
{
  g_autoptr (GByteArray) file = new_small_elf (BODY, mark);

  store (path, file, file->len);
}

/* What a loader does: reads the whole file, then confirms it. */
static void
on_news (SondeElfWatcher *watcher, gpointer user_data)
{
  Bench *bench = user_data;
  g_autofree char *text = NULL;
  gsize size = 0;

  bench->n_news++;
  if (sonde_elf_watcher_get_state (watcher) != SONDE_ELF_SETTLED)
    return;
  g_assert_true (g_file_get_contents (bench->path, &text, &size, NULL));
  g_assert_cmpuint (size, ==, BODY + sizeof (Elf64_Ehdr) + 2 * sizeof (Elf64_Shdr));
  bench->seen = (guint8) text[sizeof (Elf64_Ehdr)];
  g_assert_cmpint (text[sizeof (Elf64_Ehdr) + BODY - 1], ==, bench->seen);
  bench->n_settled++;
  g_assert_true (sonde_elf_watcher_confirm (watcher));
}

static Bench *
bench_new (void)
{
  Bench *bench = g_new0 (Bench, 1);

  bench->folder = g_dir_make_tmp ("sonde-watcher-XXXXXX", NULL);
  bench->path = g_build_filename (bench->folder, "fw.elf", NULL);
  store_elf (bench->path, 1);
  bench->watcher = sonde_elf_watcher_new (bench->path, on_news, bench);
  return bench;
}

static void
bench_free (Bench *bench)
{
  g_autoptr (GDir) dir = g_dir_open (bench->folder, 0, NULL);
  const char *name;

  sonde_elf_watcher_free (bench->watcher);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (bench->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (bench->folder);
  g_free (bench->folder);
  g_free (bench->path);
  g_free (bench);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bench, bench_free)

static gboolean
wake (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_ms (guint ms)
{
  gboolean is_over = FALSE;

  g_timeout_add (ms, wake, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_state (Bench *bench, SondeElfState state)
{
  const gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (sonde_elf_watcher_get_state (bench->watcher) != state)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      run_ms (10);
    }
}

static void
wait_for_mark (Bench *bench, guint8 mark)
{
  const gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (bench->seen != mark)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      run_ms (10);
    }
  g_assert_cmpint (sonde_elf_watcher_get_state (bench->watcher), ==, SONDE_ELF_UNCHANGED);
  g_assert_null (sonde_elf_watcher_get_problem (bench->watcher));
}

/* The way of ld: the old file is cut to nothing, then the new one comes in pieces. */
static void
test_slow_pieces (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GByteArray) file = new_small_elf (BODY, 2);
  const guint piece = file->len / 6 + 1;

  for (guint at = 0; at < file->len; at += piece)
    {
      const int fd
          = g_open (bench->path, O_WRONLY | O_CREAT | (at == 0 ? O_TRUNC : O_APPEND), 0644);

      g_assert_cmpint (fd, >=, 0);
      g_assert_cmpint (write (fd, file->data + at, MIN (piece, file->len - at)), >, 0);
      close (fd);
      g_assert_cmpuint (bench->n_settled, ==, 0);
      run_ms (700); /* longer than what counts as rest */
    }
  wait_for_mark (bench, 2);
  g_assert_cmpuint (bench->n_settled, ==, 1);
}

static void
test_renamed_over (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autofree char *other = g_build_filename (bench->folder, "fw.tmp", NULL);

  store_elf (other, 3);
  g_assert_cmpint (g_rename (other, bench->path), ==, 0);
  wait_for_mark (bench, 3);
  g_assert_cmpuint (bench->n_settled, ==, 1);
}

/* Make removes it, and the link takes a while. */
static void
test_removed_and_made (void)
{
  g_autoptr (Bench) bench = bench_new ();

  g_assert_cmpint (g_unlink (bench->path), ==, 0);
  run_ms (3000);
  g_assert_cmpint (sonde_elf_watcher_get_state (bench->watcher), ==, SONDE_ELF_SETTLING);
  g_assert_null (sonde_elf_watcher_get_problem (bench->watcher));
  store_elf (bench->path, 4);
  wait_for_mark (bench, 4);
}

/* Cut short it never settles; after a minute it says why; then it gets well again. */
static void
test_cut_short (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GByteArray) file = new_small_elf (BODY, 5);
  const gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  store (bench->path, file, file->len - 1);
  wait_for_state (bench, SONDE_ELF_SETTLING);
  run_ms (1500);
  g_assert_null (sonde_elf_watcher_get_problem (bench->watcher));
  sonde_clock_turn_us (60 * G_USEC_PER_SEC);
  while (sonde_elf_watcher_get_problem (bench->watcher) == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      run_ms (10);
    }
  g_assert_cmpstr (sonde_elf_watcher_get_problem (bench->watcher), ==,
                   "it ends before its section headers");
  g_assert_cmpuint (bench->n_settled, ==, 0);
  store (bench->path, file, file->len);
  wait_for_mark (bench, 5);
}

/* Somebody has it open for writing and rests: only the lease knows. */
static void
test_held_by_a_writer (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GByteArray) file = new_small_elf (BODY, 6);
  const int fd = g_open (bench->path, O_WRONLY | O_TRUNC, 0);
  const int reading = g_open (bench->path, O_RDONLY, 0);

  if (fcntl (reading, F_SETLEASE, F_RDLCK) == 0 || errno != EAGAIN)
    {
      close (reading);
      close (fd);
      g_test_skip ("no leases on this file system");
      return;
    }
  close (reading);
  g_assert_cmpint (write (fd, file->data, file->len), ==, file->len);
  run_ms (2000);
  g_assert_cmpuint (bench->n_settled, ==, 0);
  g_assert_cmpint (sonde_elf_watcher_get_state (bench->watcher), ==, SONDE_ELF_SETTLING);
  close (fd);
  wait_for_mark (bench, 6);
}

static void
test_link_swapped (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autofree char *one = g_build_filename (bench->folder, "one.elf", NULL);
  g_autofree char *two = g_build_filename (bench->folder, "two.elf", NULL);
  g_autofree char *fresh = g_build_filename (bench->folder, "fresh", NULL);

  store_elf (one, 7);
  store_elf (two, 8);
  g_assert_cmpint (g_unlink (bench->path), ==, 0);
  g_assert_cmpint (symlink ("one.elf", bench->path), ==, 0);
  wait_for_mark (bench, 7);
  g_assert_cmpint (symlink ("two.elf", fresh), ==, 0);
  g_assert_cmpint (g_rename (fresh, bench->path), ==, 0);
  wait_for_mark (bench, 8);
  store_elf (two, 9); /* what it points to, no news of the link */
  wait_for_mark (bench, 9);
}

static void
test_forbidden (void)
{
  g_autoptr (Bench) bench = bench_new ();

  if (geteuid () == 0)
    {
      /* Nothing is forbidden to root; a folder in its place cannot be read either. */
      g_assert_cmpint (g_unlink (bench->path), ==, 0);
      g_assert_cmpint (g_mkdir (bench->path, 0755), ==, 0);
    }
  else
    g_assert_cmpint (g_chmod (bench->path, 0), ==, 0);
  run_ms (2500);
  g_assert_cmpint (sonde_elf_watcher_get_state (bench->watcher), ==, SONDE_ELF_SETTLING);
  g_assert_cmpuint (bench->n_settled, ==, 0);
  if (geteuid () == 0)
    g_assert_cmpint (g_rmdir (bench->path), ==, 0);
  else
    g_assert_cmpint (g_chmod (bench->path, 0644), ==, 0);
  store_elf (bench->path, 10);
  wait_for_mark (bench, 10);
}

/* Written while it was being read: what was read does not count, and it is told again. */
static void
on_news_rewriting (SondeElfWatcher *watcher, gpointer user_data)
{
  Bench *bench = user_data;

  if (sonde_elf_watcher_get_state (watcher) != SONDE_ELF_SETTLED)
    return;
  bench->n_settled++;
  if (bench->n_settled == 1)
    store_elf (bench->path, 12);
  if (sonde_elf_watcher_confirm (watcher))
    bench->seen = 12;
  else
    g_assert_cmpuint (bench->n_settled, ==, 1);
}

static void
test_written_while_read (void)
{
  g_autoptr (Bench) bench = bench_new ();

  sonde_elf_watcher_free (bench->watcher);
  bench->watcher = sonde_elf_watcher_new (bench->path, on_news_rewriting, bench);
  store_elf (bench->path, 11);
  wait_for_mark (bench, 12);
  g_assert_cmpuint (bench->n_settled, ==, 2);
}

/* What could not be read is not tried again before it changes. */
static void
on_news_rejecting (SondeElfWatcher *watcher, gpointer user_data)
{
  Bench *bench = user_data;

  if (sonde_elf_watcher_get_state (watcher) != SONDE_ELF_SETTLED)
    return;
  bench->n_settled++;
  if (bench->n_settled == 1)
    sonde_elf_watcher_reject (watcher, "no debug information");
  else if (sonde_elf_watcher_confirm (watcher))
    bench->seen = 14;
}

static void
test_rejected (void)
{
  g_autoptr (Bench) bench = bench_new ();

  sonde_elf_watcher_free (bench->watcher);
  bench->watcher = sonde_elf_watcher_new (bench->path, on_news_rejecting, bench);
  store_elf (bench->path, 13);
  run_ms (3000);
  g_assert_cmpuint (bench->n_settled, ==, 1);
  store_elf (bench->path, 14);
  wait_for_mark (bench, 14);
}

/* Freed while the disk is asked, many times: nothing of it may come back. */
static void
test_freed_early (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (Bench) bench = bench_new ();

      store_elf (bench->path, 15);
      run_ms (i % 4);
    }
  run_ms (50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/elf-watcher/slow-pieces", test_slow_pieces);
  g_test_add_func ("/elf-watcher/renamed-over", test_renamed_over);
  g_test_add_func ("/elf-watcher/removed-and-made", test_removed_and_made);
  g_test_add_func ("/elf-watcher/cut-short", test_cut_short);
  g_test_add_func ("/elf-watcher/held-by-a-writer", test_held_by_a_writer);
  g_test_add_func ("/elf-watcher/link-swapped", test_link_swapped);
  g_test_add_func ("/elf-watcher/forbidden", test_forbidden);
  g_test_add_func ("/elf-watcher/written-while-read", test_written_while_read);
  g_test_add_func ("/elf-watcher/rejected", test_rejected);
  g_test_add_func ("/elf-watcher/freed-early", test_freed_early);
  return g_test_run ();
}
