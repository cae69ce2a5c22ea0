/* test-options.c: the grammar of the command line */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

typedef struct
{
  const char *name;
  const char *line; /* words parted by blanks */
  const char *want; /* NULL: parses; else a part of the message */
} Case;

/* clang-format off */
static const Case cases[] = {
  { "/options/plain",              "get a b",                        NULL },
  { "/options/before",             "--json --elf f get a",           NULL },
  { "/options/between",            "get --json a --elf=f b",         NULL },
  { "/options/after-end",          "send -- --text",                 NULL },
  { "/options/dash-is-argument",   "get -",                          NULL },
  { "/options/help-alone",         "--help",                         NULL },
  { "/options/help-of-command",    "watch --help",                   NULL },
  { "/options/set-negative",       "set a=-5",                       NULL },
  { "/options/at-twice",           "symbols f --at 1 --at=0x2",      NULL },
  { "/options/at-elsewhere",       "get a --at 1",                   "--at: not an option of \"get\"" },
  { "/options/at-empty",           "symbols f --at=",                "--at: \"\" is not possible" },
  { "/options/lines",              "symbols f --addr2line 1 2 -",    NULL },
  { "/options/lines-first",        "symbols --addr2line 1 f",        NULL },
  { "/options/lines-and-at",       "symbols f --addr2line 1 --at 2", "cannot stand beside" },
  { "/options/at-and-filter",      "symbols f --at 2 --filter x",    "cannot stand beside" },
  { "/options/lines-and-all",      "symbols f --addr2line 2 --all",  "cannot stand beside" },
  { "/options/two-files",          "symbols f g",                    "symbols: takes one FILE" },
  { "/options/by",                 "size f --by file --top 3",       NULL },
  { "/options/by-what",            "size f --by weight",             "give section, file or symbol" },
  { "/options/complete-nothing",   "complete --elf f --",            "complete: takes one WORD" },
  { "/options/none",               "",                               "no command; see" },
  { "/options/unknown-command",    "gett a",                         "gett: unknown command" },
  { "/options/unknown-option",     "get a --jsn",                    "--jsn: unknown option" },
  { "/options/unknown-letter",     "get a -x",                       "-x: unknown option" },
  { "/options/prefix-is-no-name",  "get a --js",                     "--js: unknown option" },
  { "/options/value-missing",      "get a --elf",                    "--elf: needs a value" },
  { "/options/flag-with-value",    "get a --json=1",                 "--json: \"1\" is not possible" },
  { "/options/wrong-command",      "get a --rate 5",                 "--rate: not an option of \"get\"" },
  { "/options/too-few",            "get",                            "get: takes at least one PATH" },
  { "/options/too-many",           "devices x",                      "devices: takes no argument" },
  { "/options/rate-text",          "watch a --rate fast",            "--rate: \"fast\" is not possible" },
  { "/options/rate-negative",      "watch a --rate -1",              "--rate: \"-1\" is not possible" },
  { "/options/rate-huge",          "watch a --rate 1e9",             "--rate: \"1e9\" is not possible" },
  { "/options/wait-nan",           "get a --wait nan",               "--wait: \"nan\" is not possible" },
  { "/options/count-zero",         "watch a --count 0",              "--count: \"0\" is not possible" },
  { "/options/count-fraction",     "watch a --count 1.5",            "--count: \"1.5\" is not possible" },
  { "/options/expect-overflow",    "get a --expect 99999999999",     "--expect: " },
  { "/options/color",              "get a --color sometimes",        "--color: \"sometimes\" is not" },
  { "/options/count-and-seconds",  "watch a --count 1 --seconds 1",  "cannot stand beside" },
  { "/options/table-and-json",     "watch a --table --json",         "cannot stand beside" },
  { "/options/map",                "get a --map f.csv",              NULL },
  { "/options/map-command",        "map f.elf --csv=x --format sonde --like-original", NULL },
  { "/options/map-format",         "map f.elf --format xml",         "--format: \"xml\" is not possible; give original or sonde" },
  { "/options/map-of-two",         "map a.elf b.elf",                "map: takes one FILE" },
  { "/options/diff",               "diff a b --paths p",             NULL },
  { "/options/diff-of-one",        "diff a",                         "diff: takes two files" },
  { "/options/paths-elsewhere",    "get a --paths p",                "--paths: not an option of" },
  { "/options/debug-file/no-elf",  "get a --debug-file=f",           "belongs to one --elf" },
  { "/options/debug-file/two",     "get a --debug-file=f --elf a --elf b", "belongs to one --elf" },
  { "/options/debug-file/diff",    "diff a b --debug-file=f",        "not an option of" },
  { "/options/later/alias",        "serve --alias",                  "--alias: not in this version" },
  { "/options/later/alias-list",   "serve --alias=device=0",         "--alias: not in this version" },
  { "/options/later/admit",        "serve --admit all",              "--admit: not in this version" },
  { "/options/later/assert",       "watch a --assert a>1",           "--assert: not in this version" },
};
/* clang-format on */

static SondeOptions *
parse (const char *line, GError **error)
{
  g_autofree char *whole = g_strconcat ("sondectl ", line, NULL);
  g_auto (GStrv) words = g_strsplit (whole, " ", -1);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_ptr_array_add (argv, words[i]);
  g_ptr_array_add (argv, NULL);
  return sonde_options_parse ((int) argv->len - 1, (char **) argv->pdata, error);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeOptions) options = parse (c->line, &error);

  g_assert_true ((options == NULL) == (error != NULL));
  if (c->want == NULL)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_OPTION_ERROR);
  g_assert_nonnull (strstr (error->message, c->want));
}

static void
test_values (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeOptions) options = parse (
      "--listen 127.0.0.1:0 watch --rate 12.5 a --elf one --elf=two b --wait 0.5 --expect 3 "
      "--timeout 9 --device mot* --all --count 7 --csv f.csv -v -q --color never --config c",
      &error);

  g_assert_no_error (error);
  g_assert_cmpint (options->command, ==, SONDE_COMMAND_WATCH);
  g_assert_cmpuint (g_strv_length (options->arguments), ==, 2);
  g_assert_cmpstr (options->arguments[1], ==, "b");
  g_assert_cmpstr (options->listen, ==, "127.0.0.1:0");
  g_assert_cmpuint (options->elfs->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (options->elfs, 1), ==, "two");
  g_assert_cmpfloat (options->rate_hz, ==, 12.5);
  g_assert_cmpfloat (options->wait_s, ==, 0.5);
  g_assert_cmpfloat (options->timeout_s, ==, 9);
  g_assert_cmpint (options->expect, ==, 3);
  g_assert_cmpint (options->count, ==, 7);
  g_assert_cmpstr (options->device, ==, "mot*");
  g_assert_cmpstr (options->csv, ==, "f.csv");
  g_assert_cmpstr (options->config, ==, "c");
  g_assert_true (options->all && options->verbose && options->quiet);
  g_assert_false (options->json || options->table || options->help || options->version);
  g_assert_cmpint (options->color, ==, SONDE_COLOR_NEVER);
}

static void
test_defaults (void)
{
  g_autoptr (SondeOptions) options = parse ("log", NULL);

  g_assert_nonnull (options);
  g_assert_cmpfloat (options->wait_s, <, 0);
  g_assert_cmpfloat (options->timeout_s, <, 0);
  g_assert_cmpfloat (options->seconds, <, 0);
  g_assert_cmpint (options->count, <, 0);
  g_assert_cmpint (options->expect, <, 0);
  g_assert_null (options->listen);
  g_assert_null (options->device);
  g_assert_cmpint (options->color, ==, SONDE_COLOR_AUTO);
}

static void
test_ended (void)
{
  g_autoptr (SondeOptions) options = parse ("send --json -- --help", NULL);

  g_assert_nonnull (options);
  g_assert_false (options->help);
  g_assert_cmpstr (options->arguments[0], ==, "--help");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  g_test_add_func ("/options/values", test_values);
  g_test_add_func ("/options/defaults", test_defaults);
  g_test_add_func ("/options/ended", test_ended);
  return g_test_run ();
}
