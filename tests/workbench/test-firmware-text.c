/* test-firmware-text.c: the words for an ELF file and the board that runs it, or not */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "workbench/firmware-text.h"

#define S ((gint64) G_USEC_PER_SEC)

typedef struct
{
  const char *name;
  gint64 age_s;
  const char *text;
} Case;

static const Case cases[] = {
  { "/firmware-text/age/future", -5, "just now" },
  { "/firmware-text/age/now", 59, "just now" },
  { "/firmware-text/age/minutes", 3 * 60, "3 min ago" },
  { "/firmware-text/age/hours", 2 * 3600 + 1, "2 h ago" },
  { "/firmware-text/age/day", 25 * 3600, "1 day ago" },
  { "/firmware-text/age/days", 49 * 3600, "2 days ago" },
};

static void
test_age (gconstpointer data)
{
  const Case *item = data;
  g_autofree char *text = sonde_firmware_text_dup_age (1000000 * S, (1000000 + item->age_s) * S);

  g_assert_cmpstr (text, ==, item->text);
}

/* The day is told only where it was another. */
static void
test_built (void)
{
  g_autoptr (GDateTime) noon = g_date_time_new_local (2026, 3, 14, 12, 4, 0);
  const gint64 built_us = g_date_time_to_unix (noon) * S;
  g_autofree char *today = sonde_firmware_text_dup_built (built_us, built_us + 180 * S);
  g_autofree char *later = sonde_firmware_text_dup_built (built_us, built_us + 86400 * S);
  g_autofree char *time = sonde_firmware_text_dup_time (built_us, built_us);
  g_autofree char *day = sonde_firmware_text_dup_time (built_us, built_us + 86400 * S);
  g_autofree char *none = sonde_firmware_text_dup_built (0, built_us);

  g_assert_cmpstr (today, ==, "built 12:04, 3 min ago");
  g_assert_cmpstr (later, ==, "built 2026-03-14 12:04, 1 day ago");
  g_assert_cmpstr (time, ==, "built 12:04");
  g_assert_cmpstr (day, ==, "built 2026-03-14");
  g_assert_cmpstr (none, ==, "");
}

static void
test_reason (void)
{
  SondeDeviceFacts board = { .name = "one", .identity.build_id = "3fa2c1" };
  const SondeSymbolFacts facts = { .build_id = "91c07e" };
  g_autofree char *other = NULL;
  g_autofree char *trusted = NULL;
  g_autofree char *code = NULL;
  g_autofree char *unknown = NULL;

  board.verdict = (SondeVerdict){ .match = SONDE_MATCH_NO, .proof = SONDE_PROOF_BUILD_ID };
  g_assert_cmpstr (sonde_firmware_text_get_word (&board.verdict), ==, "differs");
  other = sonde_firmware_text_dup_reason (&board, &facts);
  g_assert_nonnull (strstr (other, "3fa2c1"));
  g_assert_nonnull (strstr (other, "91c07e"));
  g_assert_nonnull (strstr (other, "Writing is off"));
  board.verdict.is_trusted = TRUE;
  trusted = sonde_firmware_text_dup_reason (&board, &facts);
  g_assert_nonnull (strstr (trusted, "Writing is on"));

  board.verdict = (SondeVerdict){ .match = SONDE_MATCH_NO,
                                  .proof = SONDE_PROOF_CHECKSUM,
                                  .section = ".text" };
  code = sonde_firmware_text_dup_reason (&board, &facts);
  g_assert_nonnull (strstr (code, ".text"));
  board.verdict = (SondeVerdict){ .why = "the board does not let its code be read" };
  g_assert_cmpstr (sonde_firmware_text_get_word (&board.verdict), ==, "unknown");
  unknown = sonde_firmware_text_dup_reason (&board, &facts);
  g_assert_nonnull (strstr (unknown, "does not let its code be read. Writing is on"));
  board.verdict.is_checking = TRUE;
  g_assert_cmpstr (sonde_firmware_text_get_word (&board.verdict), ==, "checking");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_age);
  g_test_add_func ("/firmware-text/built", test_built);
  g_test_add_func ("/firmware-text/reason", test_reason);
  return g_test_run ();
}
