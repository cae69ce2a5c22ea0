/* elf-debug.c: the debug sections of an ELF file as plain bytes: decompressed and relocated */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/elf-debug.h"

#include <gelf.h>
#include <string.h>

#include "base/bytes.h"

/* The most that deflate can pack into a byte, and some. */
#define MAX_RATIO 1100
#define MAX_SIZE (G_GUINT64_CONSTANT (1) << 31)

/* One section of the file. */
typedef struct
{
  guint index;
  guint64 base; /* bytes of its name before it */
  SondeSpan span;
  guint8 *own; /* NULL: the file's own bytes */
} Part;

/* All of one name. */
typedef struct
{
  char *name;
  SondeSpan span;
  guint8 *own;
  GArray *parts; /* Part */
} Whole;

typedef struct
{
  const guint8 *place;
  guint section;
} Target;

struct _SondeElfDebug
{
  SondeElfFile *elf; /* borrowed */
  GPtrArray *wholes; /* Whole */
  GArray *targets;   /* Target, sorted by place */
  gboolean is_sorted;
  char *problem;
};

static void
clear_part (Part *part)
{
  g_free (part->own);
}

static void
free_whole (Whole *whole)
{
  g_free (whole->name);
  g_free (whole->own);
  g_array_unref (whole->parts);
  g_free (whole);
}

SondeElfDebug *
sonde_elf_debug_new (SondeElfFile *elf)
{
  SondeElfDebug *self = g_new0 (SondeElfDebug, 1);

  self->elf = elf;
  self->wholes = g_ptr_array_new_with_free_func ((GDestroyNotify) free_whole);
  self->targets = g_array_new (FALSE, FALSE, sizeof (Target));
  return self;
}

void
sonde_elf_debug_free (SondeElfDebug *self)
{
  g_ptr_array_unref (self->wholes);
  g_array_unref (self->targets);
  g_free (self->problem);
  g_free (self);
}

static void
note_problem (SondeElfDebug *self, const char *name, const char *what)
{
  if (self->problem == NULL)
    self->problem = g_strdup_printf (".debug_%s: %s", name, what);
}

/* (nullable): NULL where the packed bytes are not what they say. */
static guint8 *
unpack (SondeSpan from, guint64 size)
{
  g_autoptr (GConverter) unpacker
      = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autofree guint8 *data = NULL;
  gsize done = 0;

  if (size == 0 || size > MAX_SIZE || size / MAX_RATIO > from.size)
    return NULL;
  data = g_try_malloc (size);
  while (data != NULL && done < size)
    {
      gsize n_read, n_written;
      const GConverterResult result
          = g_converter_convert (unpacker, from.data, from.size, data + done, size - done,
                                 G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);

      if (result == G_CONVERTER_ERROR)
        return NULL;
      done += n_written;
      from.data += n_read;
      from.size -= n_read;
      if (result == G_CONVERTER_FINISHED || n_read + n_written == 0)
        break;
    }
  return done == size ? g_steal_pointer (&data) : NULL;
}

/* SHF_COMPRESSED: a head of the file's own class before the bytes. */
static gboolean
unpack_standard (SondeElfDebug *self, Part *part)
{
  const SondeElfFacts *facts = sonde_elf_file_get_facts (self->elf);
  const guint word = facts->pointer_size, head = word == 8 ? 24 : 12;
  const guint8 *data = part->span.data;

  if (part->span.size < head || sonde_bytes_load (data, 4, facts->byte_order) != ELFCOMPRESS_ZLIB)
    return FALSE;
  const guint64 size = sonde_bytes_load (data + (word == 8 ? 8 : 4), word, facts->byte_order);
  part->own = unpack ((SondeSpan){ data + head, part->span.size - head }, size);
  part->span = (SondeSpan){ part->own, size };
  return part->own != NULL;
}

/* .zdebug_*: "ZLIB" and the size, always big-endian. */
static gboolean
unpack_gnu (Part *part)
{
  const guint8 *data = part->span.data;

  if (part->span.size < 12 || memcmp (data, "ZLIB", 4) != 0)
    return FALSE;
  const guint64 size = sonde_bytes_load (data + 4, 8, G_BIG_ENDIAN);
  part->own = unpack ((SondeSpan){ data + 12, part->span.size - 12 }, size);
  part->span = (SondeSpan){ part->own, size };
  return part->own != NULL;
}

static void
add_part (SondeElfDebug *self, Whole *whole, guint index, const GElf_Shdr *head, gboolean is_gnu)
{
  Part part = { .index = index, .base = whole->span.size };
  gboolean ok = TRUE;

  part.span = sonde_elf_file_get_bytes (self->elf, index);
  if (part.span.size == 0)
    return;
  if ((head->sh_flags & SHF_COMPRESSED) != 0)
    ok = unpack_standard (self, &part);
  else if (is_gnu)
    ok = unpack_gnu (&part);
  if (!ok || part.span.size > MAX_SIZE - whole->span.size)
    {
      note_problem (self, whole->name, "it cannot be decompressed");
      clear_part (&part);
      return;
    }
  whole->span.size += part.span.size;
  g_array_append_val (whole->parts, part);
}

static void
collect_parts (SondeElfDebug *self, Whole *whole)
{
  Elf *elf = sonde_elf_file_get_elf (self->elf);

  for (guint i = 1; i < sonde_elf_file_get_n_sections (self->elf); i++)
    {
      const char *name = sonde_elf_file_get_section (self->elf, i)->name;
      const gboolean is_gnu = g_str_has_prefix (name, ".zdebug_");
      GElf_Shdr head;

      if ((!is_gnu && !g_str_has_prefix (name, ".debug_"))
          || !g_str_equal (name + (is_gnu ? 8 : 7), whole->name)
          || gelf_getshdr (elf_getscn (elf, i), &head) == NULL || head.sh_type == SHT_NOBITS)
        continue;
      add_part (self, whole, i, &head, is_gnu);
    }
}

/* What an address of the linker's kind is made of, per machine: bytes, 0: left as it is. */
static const struct
{
  guint machine, type, size;
} kinds[] = {
  { EM_ARM, R_ARM_ABS32, 4 },          { EM_ARM, R_ARM_TLS_LDO32, 4 },
  { EM_AARCH64, R_AARCH64_ABS64, 8 },  { EM_AARCH64, R_AARCH64_ABS32, 4 },
  { EM_AARCH64, R_AARCH64_ABS16, 2 },  { EM_AARCH64, R_AARCH64_TLS_DTPREL, 8 },
  { EM_X86_64, R_X86_64_64, 8 },       { EM_X86_64, R_X86_64_32, 4 },
  { EM_X86_64, R_X86_64_32S, 4 },      { EM_X86_64, R_X86_64_DTPOFF32, 4 },
  { EM_X86_64, R_X86_64_DTPOFF64, 8 }, { EM_386, R_386_32, 4 },
  { EM_386, R_386_TLS_LDO_32, 4 },
};

static guint
get_relocation_size (guint machine, guint type)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].machine == machine && kinds[i].type == type)
      return kinds[i].size;
  return 0;
}

/* In another section of the same name: what stands before that one counts, too. */
static guint64
find_base (const Whole *whole, guint section)
{
  for (guint i = 0; i < whole->parts->len; i++)
    if (g_array_index (whole->parts, Part, i).index == section)
      return g_array_index (whole->parts, Part, i).base;
  return 0;
}

static void
relocate_place (SondeElfDebug *self, const Whole *whole, Part *part, const GElf_Rela *row,
                const GElf_Sym *symbol, gboolean has_addend)
{
  const SondeElfFacts *facts = sonde_elf_file_get_facts (self->elf);
  const guint size = get_relocation_size (facts->machine_number, (guint) GELF_R_TYPE (row->r_info));
  const gboolean is_section = symbol->st_shndx > 0 && symbol->st_shndx < SHN_LORESERVE;
  Target target = { NULL, is_section ? symbol->st_shndx : 0 };
  guint64 value = is_section ? symbol->st_value : 0;

  if (size == 0 || row->r_offset > part->span.size || part->span.size - row->r_offset < size)
    return;
  target.place = part->own + row->r_offset;
  value += find_base (whole, target.section);
  value += has_addend ? (guint64) row->r_addend
                      : sonde_bytes_load (part->own + row->r_offset, size, facts->byte_order);
  sonde_bytes_store (part->own + row->r_offset, size, facts->byte_order, value);
  g_array_append_val (self->targets, target);
}

static void
apply_table (SondeElfDebug *self, const Whole *whole, Part *part, Elf_Scn *section,
             const GElf_Shdr *head)
{
  Elf *elf = sonde_elf_file_get_elf (self->elf);
  Elf_Data *data = elf_getdata (section, NULL);
  Elf_Data *symbols = elf_getdata (elf_getscn (elf, head->sh_link), NULL);
  const gsize n = data != NULL && head->sh_entsize > 0 ? data->d_size / head->sh_entsize : 0;

  for (gsize i = 0; i < n && i <= G_MAXINT && symbols != NULL; i++)
    {
      GElf_Rela row = { 0 };
      GElf_Rel plain;
      GElf_Sym symbol;
      const gboolean has_addend = head->sh_type == SHT_RELA;

      if (has_addend && gelf_getrela (data, (int) i, &row) == NULL)
        return;
      if (!has_addend && gelf_getrel (data, (int) i, &plain) != NULL)
        {
          row.r_offset = plain.r_offset;
          row.r_info = plain.r_info;
        }
      if (gelf_getsym (symbols, (int) GELF_R_SYM (row.r_info), &symbol) != NULL)
        relocate_place (self, whole, part, &row, &symbol, has_addend);
    }
}

static void
relocate (SondeElfDebug *self, const Whole *whole, Part *part)
{
  Elf *elf = sonde_elf_file_get_elf (self->elf);
  Elf_Scn *section = NULL;
  GElf_Shdr head;

  while ((section = elf_nextscn (elf, section)) != NULL)
    {
      if (gelf_getshdr (section, &head) == NULL || head.sh_info != part->index
          || (head.sh_type != SHT_REL && head.sh_type != SHT_RELA))
        continue;
      if (part->own == NULL)
        part->own = g_memdup2 (part->span.data, part->span.size);
      part->span.data = part->own;
      apply_table (self, whole, part, section, &head);
    }
}

/* Targets point into what is relocated: they move along. */
static void
move_targets (SondeElfDebug *self, const Part *part, guint8 *to)
{
  for (guint i = 0; i < self->targets->len; i++)
    {
      Target *row = &g_array_index (self->targets, Target, i);

      if (row->place >= part->span.data && row->place < part->span.data + part->span.size)
        row->place = to + (row->place - part->span.data);
    }
}

static void
join_parts (SondeElfDebug *self, Whole *whole)
{
  Part *first = whole->parts->len > 0 ? &g_array_index (whole->parts, Part, 0) : NULL;

  if (whole->parts->len <= 1)
    {
      whole->span = first != NULL ? first->span : (SondeSpan){ NULL, 0 };
      return;
    }
  whole->own = g_malloc (whole->span.size);
  whole->span.data = whole->own;
  for (guint i = 0; i < whole->parts->len; i++)
    {
      Part *part = &g_array_index (whole->parts, Part, i);

      memcpy (whole->own + part->base, part->span.data, part->span.size);
      move_targets (self, part, whole->own + part->base);
      g_clear_pointer (&part->own, g_free);
    }
}

SondeSpan
sonde_elf_debug_get (SondeElfDebug *self, const char *name)
{
  Whole *whole;

  for (guint i = 0; i < self->wholes->len; i++)
    if (g_str_equal (((Whole *) self->wholes->pdata[i])->name, name))
      return ((Whole *) self->wholes->pdata[i])->span;
  whole = g_new0 (Whole, 1);
  whole->name = g_strdup (name);
  whole->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (whole->parts, (GDestroyNotify) clear_part);
  g_ptr_array_add (self->wholes, whole);
  collect_parts (self, whole);
  if (sonde_elf_file_get_facts (self->elf)->is_relocatable)
    for (guint i = 0; i < whole->parts->len; i++)
      relocate (self, whole, &g_array_index (whole->parts, Part, i));
  join_parts (self, whole);
  self->is_sorted = FALSE;
  return whole->span;
}

const char *
sonde_elf_debug_get_problem (SondeElfDebug *self)
{
  return self->problem;
}

static gint
compare_targets (gconstpointer a, gconstpointer b)
{
  const Target *x = a, *y = b;

  return x->place < y->place ? -1 : x->place > y->place;
}

guint
sonde_elf_debug_find_target (SondeElfDebug *self, const guint8 *place)
{
  const Target wanted = { .place = place };
  guint match;

  if (!self->is_sorted)
    g_array_sort (self->targets, compare_targets);
  self->is_sorted = TRUE;
  return g_array_binary_search (self->targets, &wanted, compare_targets, &match)
             ? g_array_index (self->targets, Target, match).section
             : 0;
}
