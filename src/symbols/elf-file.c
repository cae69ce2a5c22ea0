/* elf-file.c: sections, symbols, build id and byte order of an ELF file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/elf-file.h"

#include <gelf.h>
#include <libelf.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/checksum.h"
#include "symbols/symbol-error.h"

struct _SondeElfFile
{
  int fd; /* borrowed */
  Elf *elf;
  guint8 *map; /* private and writable: what is changed here never reaches the file */
  gsize size;
  SondeElfFacts facts;
  GArray *sections; /* SondeElfSection, by the file's index */
  GArray *symbols;  /* SondeElfSymbol */
  GStringChunk *texts;
};

static const struct
{
  guint number;
  const char *name;
} machines[] = {
  { EM_ARM, "ARM" },         { EM_X86_64, "x86-64" }, { EM_AARCH64, "AArch64" },
  { EM_RISCV, "RISC-V" },    { EM_386, "x86" },       { EM_XTENSA, "Xtensa" },
  { EM_MIPS, "MIPS" },       { EM_PPC, "PowerPC" },   { EM_PPC64, "PowerPC64" },
  { EM_AVR, "AVR" },         { EM_MSP430, "MSP430" }, { EM_68K, "m68k" },
  { EM_TRICORE, "TriCore" }, { EM_SH, "SuperH" },     { EM_ARC_COMPACT, "ARC" },
};

static const char *
get_machine (SondeElfFile *self, guint number)
{
  g_autofree char *other = g_strdup_printf ("machine %u", number);

  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    if (machines[i].number == number)
      return machines[i].name;
  return g_string_chunk_insert_const (self->texts, other);
}

static gboolean
map_file (SondeElfFile *self, int fd, const char *name, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size == 0)
    {
      g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT,
                   "%s: empty, not an ELF file; build it again", name);
      return FALSE;
    }
  self->size = (gsize) info.st_size;
  self->map = mmap (NULL, self->size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  if (self->map == MAP_FAILED)
    {
      self->map = NULL;
      g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_LIMIT,
                   "%s: too large for this machine's memory; close other programs", name);
      return FALSE;
    }
  return TRUE;
}

/* People try what lies beside the .elf: say what it is. */
static gboolean
fail_format (const SondeElfFile *self, const char *name, GError **error)
{
  const char *what = "not an ELF file";

  if (self->size >= 8 && memcmp (self->map, "!<arch>\n", 8) == 0)
    what = "a library of object files, not an ELF file";
  else if (self->size >= 2 && (self->map[0] == ':' || self->map[0] == 'S')
           && g_ascii_isxdigit (self->map[1]))
    what = "not an ELF file: a .hex or .srec image has no names in it";
  else if (self->size >= 4 && memcmp (self->map, "\177ELF", 4) == 0)
    what = "damaged or cut short in its ELF head";
  g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT,
               "%s: %s; choose the .elf that the linker wrote", name, what);
  return FALSE;
}

/* The table of sections stands at the end: half a copy has none. */
static gboolean
has_section_table (const SondeElfFile *self, const GElf_Ehdr *head)
{
  const guint64 length = (guint64) head->e_shnum * head->e_shentsize;

  return head->e_shoff <= self->size && length <= self->size - head->e_shoff;
}

static gboolean
open_elf (SondeElfFile *self, const char *name, GError **error)
{
  GElf_Ehdr head;

  elf_version (EV_CURRENT);
  self->elf = elf_memory ((char *) self->map, self->size);
  if (self->elf == NULL || elf_kind (self->elf) != ELF_K_ELF
      || gelf_getehdr (self->elf, &head) == NULL)
    return fail_format (self, name, error);
  if (!has_section_table (self, &head))
    {
      g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT,
                   "%s: damaged or cut short: this ELF file's section table is not in it; "
                   "copy it again or build it again",
                   name);
      return FALSE;
    }
  self->facts.machine = get_machine (self, head.e_machine);
  self->facts.machine_number = head.e_machine;
  self->facts.byte_order = head.e_ident[EI_DATA] == ELFDATA2MSB ? G_BIG_ENDIAN : G_LITTLE_ENDIAN;
  self->facts.pointer_size = head.e_ident[EI_CLASS] == ELFCLASS64 ? 8 : 4;
  self->facts.is_relocatable = head.e_type == ET_REL;
  self->facts.is_pie = head.e_type == ET_DYN;
  self->facts.build_id = "";
  return TRUE;
}

static gboolean
is_unwanted (const char *name)
{
  return strstr (name, "debug_rnglists") != NULL || strstr (name, "debug_loclists") != NULL;
}

/* Takes the section's name away: libdwarf looks for sections by name only. */
static void
hide_section (SondeElfFile *self, Elf_Scn *section, GElf_Shdr *head)
{
  head->sh_name = 0;
  gelf_update_shdr (section, head);
}

static void
read_build_id (SondeElfFile *self, Elf_Scn *section)
{
  Elf_Data *data = elf_getdata (section, NULL);
  GElf_Nhdr note;
  gsize name, text, at = 0;
  g_autoptr (GString) hex = g_string_new (NULL);

  while (data != NULL && (at = gelf_getnote (data, at, &note, &name, &text)) > 0)
    {
      if (note.n_type != NT_GNU_BUILD_ID || note.n_namesz != 4 || note.n_descsz > 64
          || memcmp ((char *) data->d_buf + name, "GNU", 4) != 0)
        continue;
      for (guint i = 0; i < note.n_descsz; i++)
        g_string_append_printf (hex, "%02x", ((guint8 *) data->d_buf)[text + i]);
      self->facts.build_id = g_string_chunk_insert (self->texts, hex->str);
      return;
    }
}

static const char *
dup_symbol_name (SondeElfFile *self, const char *name)
{
  const char *version = strchr (name, '@');

  return version != NULL && version != name
             ? g_string_chunk_insert_len (self->texts, name, version - name)
             : name;
}

/* FALSE: sections, files and what marks code and data for a debugger. */
static gboolean
judge_symbol (const GElf_Sym *symbol, const char *name, SondeElfSymbolKind *kind)
{
  const guint type = GELF_ST_TYPE (symbol->st_info);

  *kind = type == STT_FUNC || type == STT_GNU_IFUNC ? SONDE_ELF_FUNCTION
          : type == STT_NOTYPE                      ? SONDE_ELF_LABEL
                                                    : SONDE_ELF_DATA;
  return name != NULL && *name != '\0' && symbol->st_shndx != SHN_UNDEF && type != STT_SECTION
         && type != STT_FILE && (type != STT_NOTYPE || *name != '$')
         && (type <= STT_TLS || type == STT_GNU_IFUNC);
}

static void
forget_section (SondeElfFile *self, guint index)
{
  const SondeSpan span = sonde_elf_file_get_bytes (self, index);

  sonde_elf_file_forget (self, span.data, span.size);
}

static void
read_symbols (SondeElfFile *self, Elf_Scn *section, const GElf_Shdr *head)
{
  Elf_Data *data = elf_getdata (section, NULL);
  const gsize n = data != NULL && head->sh_entsize > 0 ? data->d_size / head->sh_entsize : 0;
  const guint before = self->symbols->len;
  const char *file = NULL;
  GElf_Sym symbol;

  /* Room for all at once: growing would need it half again as much. */
  g_array_set_size (self->symbols, before + (guint) MIN (n, G_MAXINT / sizeof (SondeElfSymbol)));
  g_array_set_size (self->symbols, before);
  for (gsize i = 0; i < n && i <= G_MAXINT && gelf_getsym (data, (int) i, &symbol) != NULL; i++)
    {
      const char *name = elf_strptr (self->elf, head->sh_link, symbol.st_name);
      SondeElfSymbol row = { 0 };
      SondeElfSymbolKind kind;

      /* The local symbols of a file follow its name; the linker's own follow an empty one. */
      if (GELF_ST_TYPE (symbol.st_info) == STT_FILE)
        file = name != NULL && *name != '\0' ? name : NULL;
      if (!judge_symbol (&symbol, name, &kind))
        continue;
      row.kind = kind;
      row.name = dup_symbol_name (self, name);
      row.address = symbol.st_value;
      row.size = symbol.st_size;
      row.section = symbol.st_shndx < SHN_LORESERVE ? symbol.st_shndx : 0;
      row.is_global = GELF_ST_BIND (symbol.st_info) != STB_LOCAL;
      row.is_weak = GELF_ST_BIND (symbol.st_info) == STB_WEAK;
      row.file = row.is_global ? NULL : file;
      row.is_thread_local = GELF_ST_TYPE (symbol.st_info) == STT_TLS;
      g_array_append_val (self->symbols, row);
    }
  forget_section (self, (guint) elf_ndxscn (section));
  forget_section (self, head->sh_link);
}

static guint64
find_load_address (SondeElfFile *self, const GElf_Shdr *head)
{
  size_t n = 0;
  GElf_Phdr row;

  elf_getphdrnum (self->elf, &n);
  for (size_t i = 0; i < n && i < G_MAXINT && gelf_getphdr (self->elf, (int) i, &row) != NULL; i++)
    if (row.p_type == PT_LOAD && head->sh_addr >= row.p_vaddr
        && head->sh_addr - row.p_vaddr < row.p_memsz)
      return row.p_paddr + (head->sh_addr - row.p_vaddr);
  return head->sh_addr;
}

static void
read_section (SondeElfFile *self, Elf_Scn *section, size_t names)
{
  SondeElfSection row = { .name = "" };
  GElf_Shdr head;
  const char *name;

  if (gelf_getshdr (section, &head) == NULL)
    {
      g_array_append_val (self->sections, row);
      return;
    }
  name = elf_strptr (self->elf, names, head.sh_name);
  row.name = name != NULL ? name : "";
  row.address = head.sh_addr;
  row.size = head.sh_size;
  row.is_alloc = (head.sh_flags & SHF_ALLOC) != 0;
  row.is_write = (head.sh_flags & SHF_WRITE) != 0;
  row.is_exec = (head.sh_flags & SHF_EXECINSTR) != 0;
  row.is_nobits = head.sh_type == SHT_NOBITS;
  row.load_address = row.is_alloc ? find_load_address (self, &head) : head.sh_addr;
  /* Thread-local sections have no addresses of their own: .tbss even overlaps what follows. */
  if ((head.sh_flags & SHF_TLS) != 0 || row.address > G_MAXUINT64 - row.size)
    row.size = 0;
  g_array_append_val (self->sections, row);
  if (head.sh_type == SHT_NOTE && *self->facts.build_id == '\0')
    read_build_id (self, section);
  if (is_unwanted (row.name))
    hide_section (self, section, &head);
}

/* .symtab holds everything .dynsym does; the latter is all that "strip" leaves. */
static void
read_symbol_table (SondeElfFile *self, guint type)
{
  Elf_Scn *section = NULL;
  GElf_Shdr head;

  while ((section = elf_nextscn (self->elf, section)) != NULL)
    if (gelf_getshdr (section, &head) != NULL && head.sh_type == type)
      read_symbols (self, section, &head);
}

SondeElfFile *
sonde_elf_file_new (int fd, const char *name, GError **error)
{
  g_autoptr (SondeElfFile) self = g_new0 (SondeElfFile, 1);
  const SondeElfSection none = { .name = "" };
  Elf_Scn *section = NULL;
  size_t names = 0;

  self->fd = fd;
  self->texts = g_string_chunk_new (4096);
  self->sections = g_array_new (FALSE, FALSE, sizeof (SondeElfSection));
  self->symbols = g_array_new (FALSE, FALSE, sizeof (SondeElfSymbol));
  if (!map_file (self, fd, name, error) || !open_elf (self, name, error))
    return NULL;
  elf_getshdrstrndx (self->elf, &names);
  g_array_append_val (self->sections, none);
  while ((section = elf_nextscn (self->elf, section)) != NULL)
    read_section (self, section, names);
  read_symbol_table (self, SHT_SYMTAB);
  if (self->symbols->len == 0)
    read_symbol_table (self, SHT_DYNSYM);
  return g_steal_pointer (&self);
}

void
sonde_elf_file_free (SondeElfFile *self)
{
  if (self->elf != NULL)
    elf_end (self->elf);
  if (self->map != NULL)
    munmap (self->map, self->size);
  g_array_unref (self->sections);
  g_array_unref (self->symbols);
  g_string_chunk_free (self->texts);
  g_free (self);
}

const SondeElfFacts *
sonde_elf_file_get_facts (SondeElfFile *self)
{
  return &self->facts;
}

const SondeElfSection *
sonde_elf_file_get_section (SondeElfFile *self, guint index)
{
  return index < self->sections->len ? &g_array_index (self->sections, SondeElfSection, index)
                                     : NULL;
}

guint
sonde_elf_file_get_n_sections (SondeElfFile *self)
{
  return self->sections->len;
}

SondeSpan
sonde_elf_file_get_bytes (SondeElfFile *self, guint index)
{
  GElf_Shdr head;

  if (gelf_getshdr (elf_getscn (self->elf, index), &head) == NULL || head.sh_type == SHT_NOBITS
      || head.sh_offset > self->size || head.sh_size > self->size - head.sh_offset)
    return (SondeSpan){ NULL, 0 };
  return (SondeSpan){ self->map + head.sh_offset, head.sh_size };
}

void
sonde_elf_file_forget (SondeElfFile *self, const guint8 *data, gsize size)
{
  const gsize page = (gsize) getpagesize ();
  const gsize first = ((gsize) data + page - 1) & ~(page - 1),
              end = ((gsize) data + size) & ~(page - 1);

  if (data != NULL && data >= self->map && data + size <= self->map + self->size && end > first)
    madvise ((gpointer) first, end - first, MADV_DONTNEED);
}

gboolean
sonde_elf_file_compute_crc (SondeElfFile *self, guint index, guint32 *crc)
{
  const SondeElfSection *row = sonde_elf_file_get_section (self, index);
  const SondeSpan span = sonde_elf_file_get_bytes (self, index);

  if (row == NULL || !row->is_alloc || row->is_write || span.size == 0 || span.size != row->size)
    return FALSE;
  *crc = sonde_checksum_crc32 (0, span.data, span.size);
  sonde_elf_file_forget (self, span.data, span.size);
  return TRUE;
}

guint
sonde_elf_file_find_section (SondeElfFile *self, guint64 address)
{
  for (guint i = 1; i < self->sections->len; i++)
    {
      const SondeElfSection *row = &g_array_index (self->sections, SondeElfSection, i);

      if (row->is_alloc && address >= row->address && address - row->address < row->size)
        return i;
    }
  return 0;
}

GArray *
sonde_elf_file_get_symbols (SondeElfFile *self)
{
  return self->symbols;
}

void
sonde_elf_file_drop_symbols (SondeElfFile *self)
{
  g_array_unref (self->symbols);
  self->symbols = g_array_new (FALSE, FALSE, sizeof (SondeElfSymbol));
}

gsize
sonde_elf_file_get_size (SondeElfFile *self)
{
  return self->size;
}

gpointer
sonde_elf_file_get_elf (SondeElfFile *self)
{
  return self->elf;
}

int
sonde_elf_file_get_fd (SondeElfFile *self)
{
  return self->fd;
}
