/* test-firmware-match.c: a board's firmware is that of the ELF, another, or nobody knows */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rebuild-bench.h"

#include <elf.h>

#include "symbols/symbol-cage.h"
#include "workbench/code-check.h"

#define NO_BUILD_ID(boot)                                                                          \
  ",\"proto\":1,\"device\":\"one\",\"endian\":\"little\",\"ptr\":4,\"boot\":\"" boot               \
  "\",\"seq\":true,\"caps\":{\"bits\":64,\"block\":256,\"batch\":64,\"msg\":4096}"

static const SondeDeviceFacts *
get_facts (Bench *bench)
{
  SondeDeviceRow *row = sonde_workbench_get_active_device (bench->workbench);

  return row == NULL ? NULL : sonde_device_row_get_facts (row);
}

static void
wait_for_match (Bench *bench, SondeMatch match, SondeProof proof)
{
  be_patient ();
  while (get_facts (bench) == NULL || get_facts (bench)->verdict.match != match
         || get_facts (bench)->verdict.proof != proof || get_facts (bench)->verdict.is_checking)
    turn ();
}

/* The code of a build, as a programmer puts it onto the board. */
static void
flash (Bench *bench, guint layout)
{
  g_autofree char *name = g_strdup_printf ("rebuild-%u.elf", layout);
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), name, NULL);
  char *file = NULL;
  gsize size = 0;
  Elf64_Ehdr header;
  Elf64_Phdr segment;

  g_assert_true (g_file_get_contents (path, &file, &size, NULL));
  memcpy (&header, file, sizeof header);
  g_assert_cmpuint (header.e_ident[EI_CLASS], ==, ELFCLASS64);
  g_clear_pointer (&bench->board->flash, g_bytes_unref);
  /* All that is loaded below the RAM, in one piece. */
  bench->board->hides_code = FALSE;
  bench->board->flash_address = 0x400000;
  {
    g_autoptr (GByteArray) memory = g_byte_array_new ();

    for (guint i = 0; i < header.e_phnum; i++)
      {
        memcpy (&segment, file + header.e_phoff + i * sizeof segment, sizeof segment);
        if (segment.p_type != PT_LOAD || segment.p_vaddr >= 0x20000000)
          continue;
        g_assert_cmpuint (segment.p_vaddr, >=, 0x400000);
        if (memory->len < segment.p_vaddr - 0x400000 + segment.p_filesz)
          g_byte_array_set_size (memory, (guint) (segment.p_vaddr - 0x400000 + segment.p_filesz));
        memcpy (memory->data + segment.p_vaddr - 0x400000, file + segment.p_offset,
                segment.p_filesz);
      }
    bench->board->flash = g_bytes_new (memory->data, memory->len);
  }
  g_free (file);
}

static char *
dup_identity (const char *build_id)
{
  return g_strdup_printf (
      ",\"proto\":1,\"device\":\"one\",\"build_id\":\"%s\",\"endian\":\"little\","
      "\"ptr\":4,\"boot\":\"b1\",\"seq\":true,\"caps\":{\"bits\":64,\"block\":256,"
      "\"batch\":64,\"msg\":4096}",
      build_id);
}

static char *
dup_build_id (Bench *bench)
{
  SondeSymbolTable *table
      = sonde_address_map_get_table (sonde_workbench_get_map (bench->workbench));

  return g_strdup (sonde_symbol_table_get_facts (table)->build_id);
}

/* The board dials in anew. */
static void
reconnect (Bench *bench, const char *identity)
{
  g_clear_pointer (&bench->board, ws_board_free);
  bench->board = ws_board_new (sonde_workbench_get_url (bench->workbench), identity);
}

static void
test_build_id (void)
{
  g_autoptr (Bench) bench = bench_new (IDENTITY);
  g_autofree char *build_id = NULL;
  g_autofree char *identity = NULL;
  g_autofree char *begin = NULL;

  open_first (bench);
  build_id = dup_build_id (bench);
  identity = dup_identity (build_id);
  reconnect (bench, identity);
  wait_for_match (bench, SONDE_MATCH_YES, SONDE_PROOF_BUILD_ID);
  g_assert_cmpuint (bench->board->n_code_reads, ==, 0);

  build_id[12] = '\0';
  begin = dup_identity (build_id);
  reconnect (bench, begin);
  wait_for_match (bench, SONDE_MATCH_YES, SONDE_PROOF_BUILD_ID);
}

/* Dimmed and locked until the person decides, and again when the ELF is another. */
static void
test_differs (void)
{
  g_autofree char *identity = dup_identity ("3fa2c10011223344");
  g_autoptr (Bench) bench = bench_new (identity);
  g_autoptr (GError) locked = NULL;
  g_autoptr (GError) error = NULL;
  SondeWatchRow *row = NULL;
  const char *why = NULL;

  open_first (bench);
  row = add (bench, "target");
  wait_for_match (bench, SONDE_MATCH_NO, SONDE_PROOF_BUILD_ID);
  be_patient ();
  while (sonde_watch_row_get_cell_state (row) != SONDE_CELL_DOUBTFUL)
    turn ();
  g_assert_false (sonde_watch_row_is_editable (row, &why));
  g_assert_nonnull (strstr (why, "other firmware"));
  g_assert_false (sonde_workbench_write (bench->workbench, row, "1", &locked));

  sonde_workbench_use_anyway (bench->workbench, "one");
  wait_for_value (row);
  be_patient ();
  while (!get_facts (bench)->verdict.is_trusted)
    turn ();
  g_assert_cmpint (get_facts (bench)->match, ==, SONDE_MATCH_NO);
  g_assert_true (sonde_workbench_write (bench->workbench, row, "1", &error));
  g_assert_no_error (error);
  be_patient ();
  while (bench->board->n_writes == 0)
    turn ();

  rebuild (bench, 2, FALSE);
  be_patient ();
  while (sonde_watch_row_is_editable (row, NULL))
    turn ();
  be_patient ();
  while (get_facts (bench)->verdict.is_trusted)
    turn ();
}

/* Neither tells a build id: the code itself is the proof, both ways. */
static void
test_checksum (void)
{
  g_autoptr (Bench) bench = bench_new (NO_BUILD_ID ("b1"));
  SondeWatchRow *row = NULL;

  flash (bench, 1);
  open_first (bench);
  wait_for_match (bench, SONDE_MATCH_YES, SONDE_PROOF_CHECKSUM);
  row = add (bench, "target");
  wait_for_value (row);
  g_assert_true (sonde_watch_row_is_editable (row, NULL));

  rebuild (bench, 2, FALSE);
  wait_for_match (bench, SONDE_MATCH_NO, SONDE_PROOF_CHECKSUM);
  g_assert_cmpstr (get_facts (bench)->verdict.section, ==, ".text");
  be_patient ();
  while (sonde_watch_row_is_editable (row, NULL))
    turn ();
}

/* Flashed and started anew: what was read before counts no longer. */
static void
test_flashed (void)
{
  g_autoptr (Bench) bench = bench_new (NO_BUILD_ID ("b1"));

  flash (bench, 2);
  open_first (bench);
  wait_for_match (bench, SONDE_MATCH_NO, SONDE_PROOF_CHECKSUM);
  sonde_workbench_use_anyway (bench->workbench, "one");
  be_patient ();
  while (!get_facts (bench)->verdict.is_trusted)
    turn ();
  reconnect (bench, NO_BUILD_ID ("b2"));
  flash (bench, 1);
  wait_for_match (bench, SONDE_MATCH_YES, SONDE_PROOF_CHECKSUM);
  reconnect (bench, NO_BUILD_ID ("b3"));
  flash (bench, 2);
  wait_for_match (bench, SONDE_MATCH_NO, SONDE_PROOF_CHECKSUM);
  g_assert_false (get_facts (bench)->verdict.is_trusted);
}

/* A board that does not let its code be read: nobody knows, and writing is allowed. */
static void
test_hidden (void)
{
  g_autoptr (Bench) bench = bench_new (NO_BUILD_ID ("b1"));
  SondeWatchRow *row = NULL;

  open_first (bench);
  row = add (bench, "target");
  wait_for_value (row);
  be_patient ();
  while (g_strcmp0 (get_facts (bench)->verdict.why, "the board does not let its code be read") != 0)
    turn ();
  g_assert_cmpint (get_facts (bench)->match, ==, SONDE_MATCH_UNKNOWN);
  g_assert_true (sonde_watch_row_is_editable (row, NULL));
  bench->board->n_code_reads = 0;
  run_ms (1000);
  g_assert_cmpuint (bench->board->n_code_reads, ==, 0); /* it is not asked again and again */
}

static SondeSymbolTable *
load (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), name, NULL);
  g_autoptr (GError) error = NULL;
  SondeSymbolTable *table = sonde_symbol_cage_load (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return table;
}

static void
test_plan (void)
{
  g_autoptr (SondeSymbolTable) fixed = load ("rebuild-1.elf");
  g_autoptr (SondeSymbolTable) movable = load ("rebuild-pie.elf");
  const char *why = NULL;
  g_autoptr (GArray) plan = sonde_code_check_plan (fixed, TRUE, &why);
  g_autoptr (GArray) none = NULL;

  g_assert_null (why);
  g_assert_cmpuint (plan->len, >=, 2);
  g_assert_cmpstr (sonde_symbol_table_get_section (fixed, g_array_index (plan, guint, 0))->name, ==,
                   ".text");
  none = sonde_code_check_plan (movable, TRUE, &why);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpstr (why, ==, "the ELF file has no fixed addresses");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/firmware-match/build-id", test_build_id);
  g_test_add_func ("/firmware-match/differs", test_differs);
  g_test_add_func ("/firmware-match/checksum", test_checksum);
  g_test_add_func ("/firmware-match/flashed", test_flashed);
  g_test_add_func ("/firmware-match/hidden", test_hidden);
  g_test_add_func ("/firmware-match/plan", test_plan);
  return g_test_run ();
}
