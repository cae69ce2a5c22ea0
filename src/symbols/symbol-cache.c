/* symbol-cache.c: what sonde-symbols said of a file before, and whether it still is that file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-symbols"

#include "symbols/symbol-cache.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/program.h"
#include "symbols/cache-folder.h"

#define CHUNK (256 * 1024)
#define MAGIC "SONDECCH"
#define VERSION 1
#define NAME_LENGTH 33

/* A clock that ticks in steps cannot tell two writes within one of them apart; no file system's
 * steps are longer than this. */
#define SETTLED_SECONDS 2

/* What changes with every write to a file, and that nobody can turn back: the last field. */
typedef struct
{
  guint64 device, inode, size;
  gint64 modified, modified_ns;
  gint64 changed, changed_ns;
} Stamp;

/* The first bytes of an entry; then the answer. */
typedef struct
{
  char magic[8];
  guint32 version, kind;
  guint64 size; /* of the answer */
  SondeHash content;
  SondeHash proof; /* of all of the above and the answer, by a key of its own */
} Head;

struct _SondeSymbolCache
{
  SondeCacheFolder *folder; /* NULL: none */
  int fd;                   /* borrowed */
  SondeCacheKind kind;
  Stamp reader; /* of the program that answers */
  Stamp stamp;  /* of the file, at the beginning */
  gboolean is_settled;
  SondeHash content;
  gboolean has_content;
  char stamp_name[NAME_LENGTH + 1];
  char content_name[NAME_LENGTH + 1]; /* with has_content */
  SondeHashKey key;
};

static void
fill_stamp (Stamp *stamp, const struct stat *info)
{
  stamp->device = info->st_dev;
  stamp->inode = info->st_ino;
  stamp->size = (guint64) info->st_size;
  stamp->modified = info->st_mtim.tv_sec;
  stamp->modified_ns = info->st_mtim.tv_nsec;
  stamp->changed = info->st_ctim.tv_sec;
  stamp->changed_ns = info->st_ctim.tv_nsec;
}

static gboolean
read_stamp (int fd, Stamp *stamp)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return FALSE;
  fill_stamp (stamp, &info);
  return TRUE;
}

static gboolean
read_reader_stamp (Stamp *stamp)
{
  g_autofree char *program = sonde_program_dup_path ("sonde-symbols");
  struct stat info;

  if (program == NULL || stat (program, &info) != 0)
    return FALSE;
  fill_stamp (stamp, &info);
  return TRUE;
}

/* A write from now on gives it another stamp than it has. */
static gboolean
is_settled (const Stamp *stamp)
{
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  return now - MAX (stamp->modified, stamp->changed) > SETTLED_SECONDS;
}

static void
print_name (char *name, char first, SondeHash hash)
{
  g_snprintf (name, NAME_LENGTH + 1, "%c%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
              first, hash.values[0], hash.values[1]);
}

static void
hash_question (SondeHasher *hasher, const SondeSymbolCache *self)
{
  const guint32 question[] = { VERSION, self->kind };

  sonde_hasher_update (hasher, question, sizeof question);
  sonde_hasher_update (hasher, &self->reader, sizeof self->reader);
}

static void
name_by_stamp (SondeSymbolCache *self)
{
  SondeHasher hasher;

  sonde_hasher_init (&hasher, &self->key);
  sonde_hasher_update (&hasher, &self->stamp, sizeof self->stamp);
  hash_question (&hasher, self);
  print_name (self->stamp_name, 's', sonde_hasher_finish (&hasher));
}

/* By reading, as a mapping of a file that is cut short kills whoever looks at it. */
static gboolean
hash_content (const SondeSymbolCache *self, SondeHash *hash)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  SondeHasher hasher;
  guint64 at = 0;

  sonde_hasher_init (&hasher, &self->key);
  while (at < self->stamp.size)
    {
      const ssize_t n = pread (self->fd, chunk, CHUNK, (off_t) at);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      sonde_hasher_update (&hasher, chunk, (gsize) n);
      at += (guint64) n;
    }
  hash_question (&hasher, self);
  *hash = sonde_hasher_finish (&hasher);
  return at == self->stamp.size;
}

static char *
dup_default_folder (void)
{
  const char *cache = g_get_user_cache_dir ();

  /* XDG: a path that is not absolute is to be ignored. */
  return g_path_is_absolute (cache)
             ? g_build_filename (cache, "sonde", "symbols", NULL)
             : g_build_filename (g_get_home_dir (), ".cache", "sonde", "symbols", NULL);
}

SondeSymbolCache *
sonde_symbol_cache_new (const char *folder, int fd, SondeCacheKind kind)
{
  SondeSymbolCache *self = g_new0 (SondeSymbolCache, 1);
  g_autofree char *path = folder != NULL ? g_strdup (folder) : dup_default_folder ();

  self->fd = fd;
  self->kind = kind;
  if (!read_stamp (fd, &self->stamp) || !read_reader_stamp (&self->reader))
    return self;
  self->folder = sonde_cache_folder_new (path, SONDE_CACHE_CAP);
  if (self->folder == NULL)
    {
      g_debug ("%s: no cache there", path);
      return self;
    }
  self->is_settled = is_settled (&self->stamp);
  sonde_hash_key_init (&self->key, sonde_cache_folder_get_secret (self->folder), "names");
  name_by_stamp (self);
  return self;
}

void
sonde_symbol_cache_free (SondeSymbolCache *self)
{
  g_clear_pointer (&self->folder, sonde_cache_folder_free);
  g_free (self);
}

static SondeHash
prove (SondeSymbolCache *self, const Head *head, gconstpointer answer)
{
  g_autofree SondeHashKey *key = g_new (SondeHashKey, 1);
  SondeHasher hasher;

  sonde_hash_key_init (key, sonde_cache_folder_get_secret (self->folder), "proofs");
  sonde_hasher_init (&hasher, key);
  sonde_hasher_update (&hasher, head, G_STRUCT_OFFSET (Head, proof));
  sonde_hasher_update (&hasher, answer, head->size);
  return sonde_hasher_finish (&hasher);
}

/* (transfer full) (nullable): the answer in @entry, where this program put it there */
static GBytes *
open_entry (SondeSymbolCache *self, GBytes *entry)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (entry, &size);
  SondeHash proof;
  Head head;

  if (size < sizeof head)
    return NULL;
  memcpy (&head, data, sizeof head);
  if (memcmp (head.magic, MAGIC, sizeof head.magic) != 0 || head.version != VERSION
      || head.kind != self->kind || head.size != size - sizeof head)
    return NULL;
  if (self->has_content && memcmp (&head.content, &self->content, sizeof head.content) != 0)
    return NULL;
  proof = prove (self, &head, data + sizeof head);
  if (memcmp (&head.proof, &proof, sizeof proof) != 0)
    return NULL;
  return g_bytes_new_from_bytes (entry, sizeof head, head.size);
}

static GBytes *
find_by_name (SondeSymbolCache *self, const char *name)
{
  g_autoptr (GBytes) entry = sonde_cache_folder_read (self->folder, name);
  GBytes *answer = entry != NULL ? open_entry (self, entry) : NULL;

  if (entry != NULL && answer == NULL)
    {
      g_debug ("cache entry %s is damaged, and removed", name);
      sonde_cache_folder_remove (self->folder, name);
    }
  return answer;
}

GBytes *
sonde_symbol_cache_find (SondeSymbolCache *self)
{
  GBytes *answer;

  if (self->folder == NULL)
    return NULL;
  answer = self->is_settled ? find_by_name (self, self->stamp_name) : NULL;
  if (answer != NULL || !hash_content (self, &self->content))
    return answer;
  self->has_content = TRUE;
  print_name (self->content_name, 'c', self->content);
  answer = find_by_name (self, self->content_name);
  if (answer != NULL && self->is_settled)
    sonde_cache_folder_link (self->folder, self->content_name, self->stamp_name);
  return answer;
}

/* Of a settled file the stamp tells; of a young one the content may have changed and the stamp
 * not. */
static gboolean
is_same_file (const SondeSymbolCache *self)
{
  Stamp stamp;
  SondeHash content;

  if (!read_stamp (self->fd, &stamp) || memcmp (&stamp, &self->stamp, sizeof stamp) != 0)
    return FALSE;
  if (self->is_settled)
    return TRUE;
  return hash_content (self, &content) && memcmp (&content, &self->content, sizeof content) == 0;
}

void
sonde_symbol_cache_store (SondeSymbolCache *self, GBytes *answer)
{
  Head head = { .magic = MAGIC, .version = VERSION, .kind = self->kind };

  if (self->folder == NULL || !self->has_content || !is_same_file (self))
    return;
  head.size = g_bytes_get_size (answer);
  head.content = self->content;
  head.proof = prove (self, &head, g_bytes_get_data (answer, NULL));
  if (!sonde_cache_folder_write (self->folder, self->content_name, &head, sizeof head, answer))
    g_debug ("%s: not kept", self->content_name);
  else if (self->is_settled)
    sonde_cache_folder_link (self->folder, self->content_name, self->stamp_name);
}

void
sonde_symbol_cache_forget (SondeSymbolCache *self)
{
  if (self->folder == NULL)
    return;
  sonde_cache_folder_remove (self->folder, self->stamp_name);
  if (self->has_content)
    sonde_cache_folder_remove (self->folder, self->content_name);
}
