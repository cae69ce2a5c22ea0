/* test-reader-run.c: what a run of the reader gives back, how its end is judged, what it may use */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>

#include "symbols/reader-limits.h"
#include "symbols/reader-run.h"
#include "symbols/reader-verdict.h"
#include "symbols/symbol-error.h"

static char *
dup_fixture (void)
{
  return g_build_filename (g_getenv ("SONDE_FIXTURES"), "kinds-dwarf5.elf", NULL);
}

static void
test_image (void)
{
  g_autofree char *path = dup_fixture ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) image = sonde_reader_run (path, NULL, NULL, NULL, &error);
  gsize size;

  g_assert_no_error (error);
  g_assert_true (memcmp (g_bytes_get_data (image, &size), "SONDESYM", 8) == 0);
  g_assert_cmpuint (size, >, 1000);
}

static void
test_unknown_argument (void)
{
  static const char *const arguments[] = { "--what", NULL };
  g_autofree char *path = dup_fixture ();
  g_autoptr (GError) error = NULL;

  g_assert_null (sonde_reader_run (path, arguments, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (g_str_has_prefix (error->message, path));
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sonde_reader_run ("/nowhere/none.elf", NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static const struct
{
  SondeReaderEnd end;
  GQuark (*domain) (void);
  int code;
  const char *part;
} ends[] = {
  { { "a.elf", NULL, -1, SIGSEGV, 20, FALSE },
    sonde_symbol_error_quark,
    SONDE_SYMBOL_ERROR_CORRUPT,
    "crashed" },
  { { "a.elf", NULL, -1, SIGABRT, 20, FALSE },
    sonde_symbol_error_quark,
    SONDE_SYMBOL_ERROR_CORRUPT,
    "crashed" },
  { { "a.elf", NULL, -1, SIGSYS, 20, FALSE },
    sonde_symbol_error_quark,
    SONDE_SYMBOL_ERROR_CORRUPT,
    "stopped" },
  { { "a.elf", NULL, -1, SIGXCPU, 31, FALSE },
    sonde_symbol_error_quark,
    SONDE_SYMBOL_ERROR_LIMIT,
    "31 seconds" },
  { { "a.elf", NULL, -1, SIGKILL, 20, TRUE },
    sonde_symbol_error_quark,
    SONDE_SYMBOL_ERROR_LIMIT,
    "seconds" },
  { { "a.elf", NULL, -1, SIGKILL, 20, FALSE },
    sonde_symbol_error_quark,
    SONDE_SYMBOL_ERROR_LIMIT,
    "killed" },
  { { "a.elf", NULL, -1, SIGTRAP, 20, FALSE },
    sonde_symbol_error_quark,
    SONDE_SYMBOL_ERROR_LIMIT,
    "memory" },
  { { "a.elf", "a.elf: no ELF", 10, 0, 20, FALSE },
    sonde_symbol_error_quark,
    SONDE_SYMBOL_ERROR_FORMAT,
    "no ELF" },
  { { "a.elf", "a.elf: no -g", 11, 0, 20, FALSE },
    sonde_symbol_error_quark,
    SONDE_SYMBOL_ERROR_STRIPPED,
    "no -g" },
  { { "a.elf", "disk gone", 7, 0, 20, FALSE }, g_io_error_quark, G_IO_ERROR_FAILED, "disk gone" },
  { { "a.elf", NULL, 99, 0, 20, FALSE },
    sonde_symbol_error_quark,
    SONDE_SYMBOL_ERROR_CORRUPT,
    "99" },
};

static void
test_verdicts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (GError) error = sonde_reader_verdict_make_error (&ends[i].end);

      g_test_message ("%s", error->message);
      g_assert_error (error, ends[i].domain (), ends[i].code);
      g_assert_true (g_str_has_prefix (error->message, "a.elf: "));
      g_assert_nonnull (strstr (error->message, ends[i].part));
    }
}

static void
test_limits (void)
{
  const guint64 mib = 1 << 20;
  const SondeReaderLimits small = sonde_reader_limits_get (0);
  const SondeReaderLimits edge = sonde_reader_limits_get (256 * mib);
  const SondeReaderLimits large = sonde_reader_limits_get (512 * mib);
  const SondeReaderLimits huge = sonde_reader_limits_get (G_MAXUINT64);

  g_assert_cmpuint (small.address_space, ==, 1024 * mib);
  g_assert_cmpuint (small.cpu_seconds, ==, 20);
  g_assert_cmpuint (edge.address_space, ==, 1024 * mib);
  g_assert_cmpuint (edge.cpu_seconds, ==, 20);
  g_assert_cmpuint (large.address_space, >, 3 * 1024 * mib);
  g_assert_cmpuint (large.cpu_seconds, ==, 40);
  g_assert_cmpuint (large.wall_seconds, >, large.cpu_seconds);
  g_assert_cmpuint (huge.cpu_seconds, <, 1000);
  g_assert_cmpuint (huge.output, <=, 2048 * mib);
  g_assert_cmpuint (huge.address_space, <=, G_MAXINT64);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-run/image", test_image);
  g_test_add_func ("/reader-run/unknown-argument", test_unknown_argument);
  g_test_add_func ("/reader-run/missing", test_missing);
  g_test_add_func ("/reader-run/verdicts", test_verdicts);
  g_test_add_func ("/reader-run/limits", test_limits);
  return g_test_run ();
}
