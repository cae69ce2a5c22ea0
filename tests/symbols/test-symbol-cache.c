/* test-symbol-cache.c: a file is read once; what is in the way of that costs time, never truth */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "symbols/cache-folder.h"
#include "symbols/symbol-cache.h"
#include "symbols/symbol-cage.h"

typedef struct
{
  char *root;    /* of everything */
  char *symbols; /* where the cache is */
  char *elf;     /* a copy of the fixture */
} Fixture;

static char *cache_home;

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (from, &data, &size, NULL));
  g_assert_true (g_file_set_contents (to, data, (gssize) size, NULL));
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *entry = g_build_filename (path, name, NULL);

      if (g_file_test (entry, G_FILE_TEST_IS_DIR) && !g_file_test (entry, G_FILE_TEST_IS_SYMLINK))
        remove_folder (entry);
      else
        g_unlink (entry);
    }
  g_rmdir (path);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *source
      = g_build_filename (g_getenv ("SONDE_FIXTURES"), "kinds-dwarf5.elf", NULL);

  fixture->root = g_dir_make_tmp ("sonde-cached-XXXXXX", NULL);
  fixture->symbols = g_build_filename (cache_home, "sonde", "symbols", NULL);
  fixture->elf = g_build_filename (fixture->root, "fw.elf", NULL);
  copy_file (source, fixture->elf);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  remove_folder (fixture->root);
  remove_folder (fixture->symbols);
  g_free (fixture->root);
  g_free (fixture->symbols);
  g_free (fixture->elf);
}

static void
count (double fraction, const char *stage, gpointer user_data)
{
  ++*(guint *) user_data;
}

/* (transfer full); a reader that runs tells of its progress */
static SondeSymbolTable *
load (const char *path, gboolean *is_cached)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;
  SondeSymbolTable *table = sonde_symbol_cage_load (path, count, &n, &error);

  g_assert_no_error (error);
  *is_cached = n == 0;
  return table;
}

static char *
list_paths (SondeSymbolTable *table)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sonde_symbol_table_get_n (table); i++)
    g_string_append_printf (
        text, "%s %s %" G_GINT64_MODIFIER "x\n", sonde_symbol_table_get_path (table, i),
        sonde_symbol_table_get_type_name (table, i), sonde_symbol_table_get_address (table, i));
  return g_string_free (text, FALSE);
}

/* Names of entries that begin with @first. */
static GPtrArray *
list_names (const Fixture *fixture, char first)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (fixture->symbols, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (name[0] == first && !g_str_equal (name, "key"))
      g_ptr_array_add (names, g_build_filename (fixture->symbols, name, NULL));
  return names;
}

static void
wait_until_settled (const char *path)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  while (g_get_real_time () / G_USEC_PER_SEC - MAX (info.st_ctim.tv_sec, info.st_mtim.tv_sec) <= 2)
    g_usleep (50000);
}

static void
test_second (Fixture *fixture, gconstpointer unused)
{
  gboolean is_cached;
  g_autoptr (SondeSymbolTable) first = load (fixture->elf, &is_cached);
  g_autofree char *expected = list_paths (first);

  g_assert_false (is_cached);
  /* By content alone, as the file is too young to go by its times. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SondeSymbolTable) next = load (fixture->elf, &is_cached);
      g_autofree char *paths = list_paths (next);
      g_autoptr (GPtrArray) stamps = list_names (fixture, 's');

      g_assert_true (is_cached);
      g_assert_cmpstr (paths, ==, expected);
      g_assert_cmpstr (sonde_symbol_table_get_facts (next)->file, ==, fixture->elf);
    }
}

static void
test_settled (Fixture *fixture, gconstpointer unused)
{
  gboolean is_cached;

  wait_until_settled (fixture->elf);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SondeSymbolTable) table = load (fixture->elf, &is_cached);
      g_autoptr (GPtrArray) stamps = list_names (fixture, 's');
      g_autoptr (GPtrArray) contents = list_names (fixture, 'c');

      g_assert_cmpint (is_cached, ==, i > 0);
      g_assert_cmpuint (stamps->len, ==, 1);
      g_assert_cmpuint (contents->len, ==, i < 2 ? 1 : 0);
      /* The third time the stamp has to do alone. */
      if (i == 1)
        g_unlink (contents->pdata[0]);
    }
}

static void
test_copy (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *copy = g_build_filename (fixture->root, "copy.elf", NULL);
  gboolean is_cached;
  g_autoptr (SondeSymbolTable) first = load (fixture->elf, &is_cached);

  copy_file (fixture->elf, copy);
  g_autoptr (SondeSymbolTable) second = load (copy, &is_cached);
  g_assert_true (is_cached);
  g_assert_cmpstr (sonde_symbol_table_get_facts (second)->file, ==, copy);
}

static void
replace_text (char *data, gsize size, const char *from, const char *to)
{
  char *at;

  g_assert_cmpuint (strlen (from), ==, strlen (to));
  while ((at = memmem (data, size, from, strlen (from))) != NULL)
    memcpy (at, to, strlen (to));
}

/* The same inode, size and time of writing, and the same build id. */
static void
rebuild_in_place (const char *path)
{
  g_autofree char *data = NULL;
  gsize size;
  struct stat info;
  int fd;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  replace_text (data, size, "wide_flags", "wade_flogs");
  g_assert_cmpint (stat (path, &info), ==, 0);
  fd = open (path, O_WRONLY);
  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  g_assert_cmpint (futimens (fd, (struct timespec[]){ info.st_atim, info.st_mtim }), ==, 0);
  close (fd);
}

static void
check_rebuilt (const char *path)
{
  gboolean is_cached;
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) before = load (path, &is_cached);
  g_autoptr (SondeVariable) old_one = sonde_symbol_table_dup_by_path (before, "wide_flags", &error);
  g_assert_no_error (error);

  rebuild_in_place (path);
  g_autoptr (SondeSymbolTable) after = load (path, &is_cached);
  g_autoptr (SondeVariable) new_one = sonde_symbol_table_dup_by_path (after, "wade_flogs", &error);
  g_assert_no_error (error);
  g_assert_false (is_cached);
  g_assert_null (sonde_symbol_table_dup_by_path (after, "wide_flags", NULL));
}

static void
test_rebuilt_young (Fixture *fixture, gconstpointer unused)
{
  check_rebuilt (fixture->elf);
}

static void
test_rebuilt_settled (Fixture *fixture, gconstpointer unused)
{
  wait_until_settled (fixture->elf);
  check_rebuilt (fixture->elf);
}

typedef void (*Harm) (char *data, gsize *size);

static void
flip_magic (char *data, gsize *size)
{
  data[0] ^= 1;
}

static void
flip_version (char *data, gsize *size)
{
  data[8] ^= 1;
}

static void
flip_kind (char *data, gsize *size)
{
  data[12] ^= 3;
}

static void
flip_size (char *data, gsize *size)
{
  data[16] ^= 1;
}

static void
flip_proof (char *data, gsize *size)
{
  data[55] ^= 64;
}

static void
flip_first (char *data, gsize *size)
{
  data[56] ^= 1;
}

static void
flip_middle (char *data, gsize *size)
{
  data[*size / 2] ^= 4;
}

static void
flip_last (char *data, gsize *size)
{
  data[*size - 1] ^= 1;
}

static void
cut_head (char *data, gsize *size)
{
  *size = 20;
}

static void
cut_all (char *data, gsize *size)
{
  *size = 0;
}

static void
cut_one (char *data, gsize *size)
{
  *size -= 1;
}

static void
fill_zeros (char *data, gsize *size)
{
  memset (data, 0, *size);
}

static const Harm harms[]
    = { flip_magic,  flip_version, flip_kind, flip_size, flip_proof, flip_first,
        flip_middle, flip_last,    cut_head,  cut_all,   cut_one,    fill_zeros };

static void
damage_entries (const Fixture *fixture, char first, Harm harm)
{
  g_autoptr (GPtrArray) names = list_names (fixture, first);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *data = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (names->pdata[i], &data, &size, NULL));
      harm (data, &size);
      g_assert_true (g_file_set_contents_full (names->pdata[i], data, (gssize) size,
                                               G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
    }
}

static void
test_damaged (Fixture *fixture, gconstpointer settled)
{
  gboolean is_cached;
  g_autofree char *expected = NULL;

  if (settled != NULL)
    wait_until_settled (fixture->elf);
  g_autoptr (SondeSymbolTable) first = load (fixture->elf, &is_cached);
  expected = list_paths (first);
  for (guint i = 0; i < G_N_ELEMENTS (harms); i++)
    {
      damage_entries (fixture, 'c', harms[i]);
      damage_entries (fixture, 's', harms[i]);
      g_autoptr (SondeSymbolTable) next = load (fixture->elf, &is_cached);
      g_autofree char *paths = list_paths (next);

      g_assert_false (is_cached);
      g_assert_cmpstr (paths, ==, expected);
      g_autoptr (SondeSymbolTable) last = load (fixture->elf, &is_cached);
      g_assert_true (is_cached);
    }
}

/* Another file's entry under this one's name. */
static void
test_exchanged (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *other = g_build_filename (fixture->root, "other.elf", NULL);
  gboolean is_cached;

  copy_file (fixture->elf, other);
  rebuild_in_place (other);
  g_autoptr (SondeSymbolTable) first = load (fixture->elf, &is_cached);
  g_autofree char *expected = list_paths (first);
  g_autoptr (GPtrArray) names = list_names (fixture, 'c');
  g_autoptr (SondeSymbolTable) second = load (other, &is_cached);
  g_autoptr (GPtrArray) all = list_names (fixture, 'c');
  g_assert_false (is_cached);
  g_assert_cmpuint (all->len, ==, 2);
  g_autoptr (GPtrArray) stamps = list_names (fixture, 's');
  for (guint i = 0; i < stamps->len; i++)
    g_unlink (stamps->pdata[i]);
  for (guint i = 0; i < 2; i++)
    if (!g_str_equal (all->pdata[i], names->pdata[0]))
      g_assert_cmpint (g_rename (all->pdata[i], names->pdata[0]), ==, 0);
  g_autoptr (SondeSymbolTable) third = load (fixture->elf, &is_cached);
  g_autofree char *paths = list_paths (third);
  g_assert_cmpstr (paths, ==, expected);
  g_assert_false (is_cached);
}

static void
test_lost_key (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *key = g_build_filename (fixture->symbols, "key", NULL);
  gboolean is_cached;
  struct stat info;

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (SondeSymbolTable) table = load (fixture->elf, &is_cached);

      g_assert_false (is_cached);
      g_assert_cmpint (stat (key, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
      g_assert_cmpint (info.st_size, ==, 16);
      if (i == 0)
        g_assert_true (g_file_set_contents_full (key, "short", -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                                 0600, NULL));
      else if (i == 1)
        g_assert_cmpint (g_chmod (key, 0644), ==, 0);
      else
        g_unlink (key);
    }
  g_assert_cmpint (stat (fixture->symbols, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
}

static void
test_errors_are_not_kept (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->root, "text.elf", NULL);

  g_assert_true (g_file_set_contents (path, "no ELF", -1, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) names = list_names (fixture, 'c');

      g_assert_null (sonde_symbol_cage_load (path, NULL, NULL, &error));
      g_assert_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT);
      g_assert_cmpuint (names->len, ==, 0);
    }
}

/* A linker that is still at work. */
static void
test_changed_while_read (Fixture *fixture, gconstpointer unused)
{
  const int fd = open (fixture->elf, O_RDWR);
  g_autoptr (SondeSymbolCache) cache = sonde_symbol_cache_new (NULL, fd, SONDE_CACHE_IMAGE);
  g_autoptr (GBytes) answer = g_bytes_new_static ("answer", 6);

  g_assert_null (sonde_symbol_cache_find (cache));
  g_assert_cmpint (pwrite (fd, "x", 1, 8), ==, 1);
  sonde_symbol_cache_store (cache, answer);
  g_autoptr (GPtrArray) names = list_names (fixture, 'c');
  g_assert_cmpuint (names->len, ==, 0);
  close (fd);
}

static void
test_kinds (Fixture *fixture, gconstpointer unused)
{
  const int fd = open (fixture->elf, O_RDONLY);
  g_autoptr (SondeSymbolCache) image = sonde_symbol_cache_new (NULL, fd, SONDE_CACHE_IMAGE);
  g_autoptr (SondeSymbolCache) lines = sonde_symbol_cache_new (NULL, fd, SONDE_CACHE_LINES);
  g_autoptr (GBytes) answer = g_bytes_new_static ("answer", 6);

  g_assert_null (sonde_symbol_cache_find (image));
  sonde_symbol_cache_store (image, answer);
  g_assert_null (sonde_symbol_cache_find (lines));
  g_autoptr (GBytes) found = sonde_symbol_cache_find (image);
  g_assert_true (g_bytes_equal (found, answer));
  close (fd);
}

static void
check_works_without (const Fixture *fixture, const char *folder)
{
  const int fd = open (fixture->elf, O_RDONLY);
  g_autoptr (SondeSymbolCache) cache = sonde_symbol_cache_new (folder, fd, SONDE_CACHE_IMAGE);
  g_autoptr (GBytes) answer = g_bytes_new_static ("answer", 6);

  g_assert_null (sonde_symbol_cache_find (cache));
  sonde_symbol_cache_store (cache, answer);
  sonde_symbol_cache_forget (cache);
  g_assert_null (sonde_symbol_cache_find (cache));
  close (fd);
}

static void
test_no_folder (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *real = g_build_filename (fixture->root, "real", NULL);
  g_autofree char *link = g_build_filename (fixture->root, "link", NULL);
  g_autoptr (GDir) folder = NULL;

  g_assert_cmpint (g_mkdir (real, 0700), ==, 0);
  g_assert_cmpint (symlink (real, link), ==, 0);
  check_works_without (fixture, "/dev/null/none");
  check_works_without (fixture, fixture->elf);
  check_works_without (fixture, link);
  folder = g_dir_open (real, 0, NULL);
  g_assert_null (g_dir_read_name (folder));
}

static void
test_cap (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->root, "small", NULL);
  g_autoptr (SondeCacheFolder) folder = sonde_cache_folder_new (path, 8000);
  g_autofree guint8 *data = g_malloc0 (3000);
  g_autoptr (GBytes) body = g_bytes_new (data, 1500);
  g_autoptr (GBytes) large = g_bytes_new (data, 3000);
  g_autoptr (GBytes) found = NULL;

  g_assert_false (sonde_cache_folder_write (folder, "large", "head", 4, large));
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("e%u", i);

      g_assert_true (sonde_cache_folder_write (folder, name, "head", 4, body));
      /* Twice the names are not twice the bytes. */
      g_autofree char *other = g_strdup_printf ("f%u", i);
      sonde_cache_folder_link (folder, name, other);
      g_usleep (20000);
      g_clear_pointer (&found, g_bytes_unref);
      found = sonde_cache_folder_read (folder, "e0");
      g_assert_nonnull (found);
      g_usleep (20000);
    }
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("%c%u", i % 2 == 0 ? 'e' : 'f', i);
      g_autoptr (GBytes) one = sonde_cache_folder_read (folder, name);

      g_assert_cmpint (one != NULL, ==, i == 0 || i >= 6);
    }
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load_finish (result, &error);
  guint *n = user_data;

  g_assert_no_error (error);
  g_assert_cmpuint (sonde_symbol_table_get_n (table), >, 10);
  ++*n;
}

/* All at once, all of one file and nothing there yet, as several sondectl would. */
static void
test_together (Fixture *fixture, gconstpointer unused)
{
  guint n = 0;
  gboolean is_cached;

  for (guint i = 0; i < 12; i++)
    sonde_symbol_cage_load_async (fixture->elf, NULL, NULL, NULL, on_loaded, &n);
  while (n < 12)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (SondeSymbolTable) table = load (fixture->elf, &is_cached);
  g_assert_true (is_cached);
  g_autoptr (GPtrArray) leftovers = list_names (fixture, '.');
  g_assert_cmpuint (leftovers->len, ==, 0);
}

#define ADD(name, data, function)                                                                  \
  g_test_add ("/symbol-cache/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int result;

  cache_home = g_dir_make_tmp ("sonde-cache-home-XXXXXX", NULL);
  g_setenv ("XDG_CACHE_HOME", cache_home, TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("second", NULL, test_second);
  ADD ("settled", NULL, test_settled);
  ADD ("copy", NULL, test_copy);
  ADD ("rebuilt/young", NULL, test_rebuilt_young);
  ADD ("rebuilt/settled", NULL, test_rebuilt_settled);
  ADD ("damaged/young", NULL, test_damaged);
  ADD ("damaged/settled", "settled", test_damaged);
  ADD ("exchanged", NULL, test_exchanged);
  ADD ("lost-key", NULL, test_lost_key);
  ADD ("errors-are-not-kept", NULL, test_errors_are_not_kept);
  ADD ("changed-while-read", NULL, test_changed_while_read);
  ADD ("kinds", NULL, test_kinds);
  ADD ("no-folder", NULL, test_no_folder);
  ADD ("cap", NULL, test_cap);
  ADD ("together", NULL, test_together);
  result = g_test_run ();
  remove_folder (cache_home);
  g_free (cache_home);
  return result;
}
