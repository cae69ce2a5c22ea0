/* test-damaged-files.c: damaged ELF files end in a table or in one clean error, never in a crash or
 * a hang of the program that asked */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <elf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#include "symbols/line-table.h"
#include "symbols/symbol-cage.h"

/* Of each kind of damage, on each fixture. */
#ifdef SONDE_SANITIZE
#define N_ROUNDS 2
#else
#define N_ROUNDS 8
#endif
#define N_AT_ONCE 3
#define MAX_READER_KIB (1024 * 1024)
#define SEED 20240607

static const char *const fixtures[] = {
  "kinds-dwarf2.elf",    "kinds-dwarf3.elf",   "kinds-dwarf4.elf",
  "kinds-dwarf5.elf",    "classes-dwarf4.elf", "classes-dwarf5.elf",
  "kinds-relocatable.o", "kinds-packed.elf",   "kinds-split.elf",
};

/* A file to be damaged. */
typedef struct
{
  GRand *rand;
  guint8 *data;
  gsize size;
} Patient;

static guint32
pick (Patient *patient, gsize below)
{
  return below > 0 ? (guint32) g_rand_int (patient->rand) % (guint32) below : 0;
}

static Elf64_Ehdr *
get_head (Patient *patient)
{
  return (Elf64_Ehdr *) patient->data;
}

static Elf64_Shdr *
get_section (Patient *patient, guint index)
{
  return (Elf64_Shdr *) (patient->data + get_head (patient)->e_shoff) + index;
}

static Elf64_Shdr *
pick_section (Patient *patient)
{
  return get_section (patient, pick (patient, get_head (patient)->e_shnum));
}

/* (nullable): one whose name has @part in it */
static Elf64_Shdr *
pick_named (Patient *patient, const char *part)
{
  const Elf64_Ehdr *head = get_head (patient);
  const char *names
      = (const char *) patient->data + get_section (patient, head->e_shstrndx)->sh_offset;
  Elf64_Shdr *found = NULL;
  guint n = 0;

  for (guint i = 1; i < head->e_shnum; i++)
    if (strstr (names + get_section (patient, i)->sh_name, part) != NULL
        && pick (patient, ++n) == 0)
      found = get_section (patient, i);
  return found;
}

static void
change_bytes (Patient *patient, gsize start, gsize size)
{
  const guint n = 1 + pick (patient, 16);

  for (guint i = 0; i < n && size > 0; i++)
    patient->data[start + pick (patient, size)] = (guint8) g_rand_int (patient->rand);
}

static void
change_anything (Patient *patient)
{
  change_bytes (patient, 0, patient->size);
}

static void
change_inside (Patient *patient, const char *part)
{
  const Elf64_Shdr *section = pick_named (patient, part);

  if (section != NULL && section->sh_type != SHT_NOBITS)
    change_bytes (patient, section->sh_offset, section->sh_size);
}

static void
change_info (Patient *patient)
{
  change_inside (patient, "debug_info");
}

static void
change_abbreviations (Patient *patient)
{
  change_inside (patient, "debug_abbrev");
}

static void
change_lines (Patient *patient)
{
  change_inside (patient, "debug_line");
}

static void
change_texts (Patient *patient)
{
  change_inside (patient, "str");
}

static void
change_symbols (Patient *patient)
{
  change_inside (patient, "symtab");
}

static void
change_debug (Patient *patient)
{
  change_inside (patient, "debug_");
}

static void
change_relocations (Patient *patient)
{
  change_inside (patient, ".rel");
}

/* Class, size and alignment of what is unpacked stand before it. */
static void
change_packed_head (Patient *patient)
{
  const Elf64_Shdr *section = pick_named (patient, "debug_");

  if (section != NULL && section->sh_size >= sizeof (Elf64_Chdr))
    change_bytes (patient, section->sh_offset, sizeof (Elf64_Chdr));
}

static void
promise_much (Patient *patient)
{
  const Elf64_Shdr *section = pick_named (patient, "debug_");
  const guint64 size = G_GUINT64_CONSTANT (1) << (20 + pick (patient, 40));

  if (section != NULL && section->sh_size >= sizeof (Elf64_Chdr))
    memcpy (patient->data + section->sh_offset + G_STRUCT_OFFSET (Elf64_Chdr, ch_size), &size,
            sizeof size);
}

static void
change_section_head (Patient *patient)
{
  guint8 *head = (guint8 *) pick_section (patient);

  change_bytes (patient, (gsize) (head - patient->data), sizeof (Elf64_Shdr));
}

static void
change_head (Patient *patient)
{
  change_bytes (patient, 4, sizeof (Elf64_Ehdr) - 4);
}

static void
swap_sections (Patient *patient)
{
  Elf64_Shdr *one = pick_section (patient), *other = pick_section (patient);
  const Elf64_Shdr kept = *one;

  one->sh_offset = other->sh_offset;
  one->sh_size = other->sh_size;
  other->sh_offset = kept.sh_offset;
  other->sh_size = kept.sh_size;
}

static void
blow_up (Patient *patient)
{
  Elf64_Shdr *section = pick_section (patient);

  section->sh_size <<= pick (patient, 64);
  if (pick (patient, 2) == 0)
    section->sh_size = G_MAXUINT64 - pick (patient, 100);
}

static void
overlap (Patient *patient)
{
  pick_section (patient)->sh_offset = pick (patient, patient->size + 100);
}

static void
cut (Patient *patient)
{
  patient->size = pick (patient, patient->size);
}

static void
fill (Patient *patient)
{
  const Elf64_Shdr *section = pick_named (patient, "debug_");
  static const guint8 values[] = { 0, 1, 0x7f, 0x80, 0xff };

  if (section != NULL && section->sh_size > 0)
    {
      const gsize start = pick (patient, section->sh_size);

      memset (patient->data + section->sh_offset + start, values[pick (patient, sizeof values)],
              pick (patient, section->sh_size - start));
    }
}

static void (*const damages[]) (Patient *patient) = {
  change_anything,
  change_info,
  change_abbreviations,
  change_lines,
  change_texts,
  change_symbols,
  change_debug,
  change_relocations,
  promise_much,
  change_packed_head,
  change_section_head,
  change_head,
  swap_sections,
  blow_up,
  overlap,
  cut,
  fill,
};

/* What becomes of all mutants of one fixture. */
typedef struct
{
  guint n_running, n_tables, n_lines, n_errors, n_crashes;
} Ward;

typedef struct
{
  Ward *ward;
  char *path;
} Visit;

static Visit *
begin (Ward *ward, const char *path)
{
  Visit *visit = g_new (Visit, 1);

  visit->ward = ward;
  visit->path = g_strdup (path);
  ward->n_running++;
  return visit;
}

/* Nothing but one clear error: of what is wrong with the file, naming it. */
static void
check_error (const Visit *visit, const GError *error)
{
  g_assert_nonnull (error);
  if (error->domain != SONDE_SYMBOL_ERROR || !g_str_has_prefix (error->message, visit->path)
      || strstr (error->message, "seconds allowed") != NULL
      || strstr (error->message, "install Sonde") != NULL || strchr (error->message, '\n') != NULL)
    g_error ("%s", error->message);
  visit->ward->n_errors++;
  /* It is caged for that, but then it is this project's fault all the same. */
  if (strstr (error->message, "crashed") != NULL || strstr (error->message, "stopped") != NULL
      || strstr (error->message, "failed on it") != NULL)
    {
      g_test_message ("%s", error->message);
      visit->ward->n_crashes++;
    }
}

static void
end (Visit *visit)
{
  visit->ward->n_running--;
  g_free (visit->path);
  g_free (visit);
}

static void
walk (SondeVariable *variable, guint depth)
{
  const guint64 n = MIN (sonde_variable_get_n_children (variable), 4);

  g_assert_true (g_utf8_validate (sonde_variable_get_path (variable), -1, NULL));
  for (guint64 i = 0; i < n && depth < 5; i++)
    {
      g_autoptr (SondeVariable) child = sonde_variable_dup_child (variable, i);

      walk (child, depth + 1);
    }
}

static void
on_table (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load_finish (result, &error);
  Visit *visit = user_data;

  if (table == NULL)
    check_error (visit, error);
  for (guint i = 0; table != NULL && i < sonde_symbol_table_get_n (table); i++)
    {
      g_autoptr (SondeVariable) variable = sonde_symbol_table_dup_variable (table, i);

      walk (variable, 0);
    }
  visit->ward->n_tables += table != NULL;
  end (visit);
}

static void
on_lines (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeLineTable) lines = sonde_line_table_load_finish (result, &error);
  Visit *visit = user_data;
  SondeLine line;

  if (lines == NULL)
    check_error (visit, error);
  for (guint64 at = 0x400000; lines != NULL && at < 0x402000; at += 16)
    if (sonde_line_table_find (lines, at, &line))
      g_assert_true (g_utf8_validate (line.file, -1, NULL));
  visit->ward->n_lines += lines != NULL;
  end (visit);
}

static void
load_mutant (Ward *ward, const char *path)
{
  sonde_symbol_cage_load_async (path, NULL, NULL, NULL, on_table, begin (ward, path));
  sonde_line_table_load_async (path, NULL, on_lines, begin (ward, path));
}

static void
wait_for (Ward *ward, guint n_left)
{
  while (ward->n_running > n_left)
    g_main_context_iteration (NULL, TRUE);
}

static void
load_all (Ward *ward, const char *folder, const char *data, gsize size)
{
  Patient patient = { .rand = g_rand_new_with_seed (SEED) };

  for (guint i = 0; i < N_ROUNDS * G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *name = g_strdup_printf ("mutant-%u.elf", i % (N_AT_ONCE + 1));
      g_autofree char *path = g_build_filename (folder, name, NULL);

      patient.data = g_memdup2 (data, size);
      patient.size = size;
      damages[i % G_N_ELEMENTS (damages)](&patient);
      g_unlink (path);
      g_assert_true (
          g_file_set_contents (path, (const char *) patient.data, (gssize) patient.size, NULL));
      g_free (patient.data);
      load_mutant (ward, path);
      wait_for (ward, 2 * (N_AT_ONCE - 1));
    }
  wait_for (ward, 0);
  g_rand_free (patient.rand);
}

static void
remove_mutants (const char *folder)
{
  for (guint i = 0; i <= N_AT_ONCE; i++)
    {
      g_autofree char *name = g_strdup_printf ("mutant-%u.elf", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_mutants (gconstpointer fixture)
{
  g_autofree char *source = g_build_filename (g_getenv ("SONDE_FIXTURES"), fixture, NULL);
  g_autofree char *folder = NULL;
  g_autofree char *data = NULL;
  struct rusage usage;
  Ward ward = { 0 };
  gsize size = 0;

  if (!g_file_get_contents (source, &data, &size, NULL))
    {
      g_test_skip ("this compiler does not make it");
      return;
    }
  g_assert_cmpuint (size, >, sizeof (Elf64_Ehdr));
  if (data[EI_CLASS] != ELFCLASS64
      || get_head (&(Patient){ .data = (guint8 *) data })->e_shoff == 0)
    {
      g_test_skip ("the sections are found in 64-bit files only");
      return;
    }
  folder = g_dir_make_tmp ("sonde-damaged-XXXXXX", NULL);
  load_all (&ward, folder, data, size);
  g_test_message ("%s: %u tables, %u line tables, %u errors", (const char *) fixture, ward.n_tables,
                  ward.n_lines, ward.n_errors);
  /* Most damage is small: a reader that always gives up would pass all else. */
  g_assert_cmpuint (ward.n_tables, >, N_ROUNDS * G_N_ELEMENTS (damages) / 4);
  g_assert_cmpuint (ward.n_errors, >, 0);
  g_assert_cmpuint (ward.n_crashes, ==, 0);
  getrusage (RUSAGE_CHILDREN, &usage);
#ifndef SONDE_SANITIZE
  g_assert_cmpint (usage.ru_maxrss, <, MAX_READER_KIB);
#endif
  remove_mutants (folder);
}

/* A wrong length costs no unit behind it, and is told. */
static void
test_lengths (void)
{
  static const guint32 lengths[] = { 0, 40, 0x7fffffff };
  g_autofree char *fixture
      = g_build_filename (g_getenv ("SONDE_FIXTURES"), "kinds-dwarf4.elf", NULL);
  g_autofree char *folder = g_dir_make_tmp ("sonde-lengths-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.elf", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
      g_autoptr (GError) error = NULL;
      g_autofree char *data = NULL;
      Patient patient = { .rand = rand };

      g_assert_true (g_file_get_contents (fixture, &data, &patient.size, NULL));
      patient.data = (guint8 *) data;
      memcpy (data + pick_named (&patient, ".debug_info")->sh_offset, &lengths[i],
              sizeof lengths[i]);
      g_assert_true (g_file_set_contents (path, data, (gssize) patient.size, NULL));
      g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load (path, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (sonde_symbol_table_get_facts (table)->n_units, ==, 2);
      g_assert_cmpuint (sonde_symbol_table_get_facts (table)->n_skipped_units, ==, 1);
      g_assert_nonnull (strstr (sonde_symbol_table_get_skipped (table, 0), "kinds.c: "));
      g_autoptr (SondeVariable) behind
          = sonde_symbol_table_dup_by_path (table, "other.c::counter", &error);
      g_assert_no_error (error);
      g_assert_cmpstr (sonde_variable_get_info (behind)->why, ==, NULL);
    }
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autofree char *name = g_strconcat ("/damaged/", fixtures[i], NULL);

      g_test_add_data_func (name, fixtures[i], test_mutants);
    }
  g_test_add_func ("/damaged/lengths", test_lengths);
  return g_test_run ();
}
