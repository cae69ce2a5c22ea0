/* symbol-row.c: one row of the symbol browser */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/symbol-row.h"

#include <string.h>

#include "symbols/symbol-image.h"
#include "workbench/symbol-children.h"

struct _SondeSymbolRow
{
  GObject parent_instance;
  SondeSymbolTable *table; /* owned (nullable): in tests */
  guint root;              /* of the table; not of a function */
  SondeVariable *variable; /* owned; NULL: a function */
  SondeSymbolItem item;    /* of a function */
  GPtrArray *members;      /* of a group, owned: SondeVariable */
  guint64 first, count;    /* of a range */
  char *path, *type;       /* of a range, owned */
  char *label;             /* of a function, owned (nullable) */
  gsize label_start;
  guint64 match;
};

G_DEFINE_FINAL_TYPE (SondeSymbolRow, sonde_symbol_row, G_TYPE_OBJECT)

static void
sonde_symbol_row_finalize (GObject *object)
{
  SondeSymbolRow *self = SONDE_SYMBOL_ROW (object);

  sonde_symbol_table_unref (self->table);
  sonde_variable_unref (self->variable);
  g_free (self->path);
  g_free (self->type);
  g_free (self->label);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  G_OBJECT_CLASS (sonde_symbol_row_parent_class)->finalize (object);
}

static void
sonde_symbol_row_class_init (SondeSymbolRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_symbol_row_finalize;
}

static void
sonde_symbol_row_init (SondeSymbolRow *self)
{
}

SondeSymbolRow *
sonde_symbol_row_new (SondeSymbolTable *table, guint root, SondeVariable *variable, guint64 match)
{
  SondeSymbolRow *self = g_object_new (SONDE_TYPE_SYMBOL_ROW, NULL);

  self->table = table != NULL ? sonde_symbol_table_ref (table) : NULL;
  self->root = root;
  self->variable = variable;
  self->match = match;
  return self;
}

SondeSymbolRow *
sonde_symbol_row_new_function (SondeSymbolTable *table, const SondeSymbolItem *item, guint64 match)
{
  SondeSymbolRow *self = sonde_symbol_row_new (table, 0, NULL, match);

  self->item = *item;
  if (strchr (item->path, '(') == NULL)
    self->label = g_strconcat (item->path, "()", NULL);
  return self;
}

SondeSymbolRow *
sonde_symbol_row_new_group (const char *label, GPtrArray *variables)
{
  SondeSymbolRow *self = sonde_symbol_row_new (NULL, 0, NULL, 0);

  self->label = g_strdup (label);
  self->members = g_ptr_array_ref (variables);
  self->item = (SondeSymbolItem){
    .path = "", .type_name = "", .section = "", .file = "", .why = "a group"
  };
  return self;
}

/* --- What it says ----------------------------------------------------------------------------- */

const char *
sonde_symbol_row_get_path (SondeSymbolRow *self)
{
  if (self->path != NULL)
    return self->path;
  return self->variable != NULL ? sonde_variable_get_path (self->variable) : self->item.path;
}

const char *
sonde_symbol_row_get_label (SondeSymbolRow *self)
{
  return self->label != NULL ? self->label : sonde_symbol_row_get_path (self) + self->label_start;
}

SondeVariable *
sonde_symbol_row_get_variable (SondeSymbolRow *self)
{
  return self->variable;
}

guint64
sonde_symbol_row_get_match (SondeSymbolRow *self)
{
  return self->match;
}

gboolean
sonde_symbol_row_is_leaf (SondeSymbolRow *self)
{
  return self->variable != NULL && self->count == 0 && sonde_variable_is_leaf (self->variable);
}

const char *
sonde_symbol_row_get_why (SondeSymbolRow *self)
{
  return self->variable != NULL ? sonde_variable_get_info (self->variable)->why : self->item.why;
}

const char *
sonde_symbol_row_get_type_name (SondeSymbolRow *self)
{
  if (self->type != NULL)
    return self->type;
  return self->variable != NULL ? sonde_type_get_name (sonde_variable_get_type (self->variable))
                                : self->item.type_name;
}

const char *
sonde_symbol_row_get_section (SondeSymbolRow *self)
{
  const char *section = self->variable != NULL ? sonde_variable_get_info (self->variable)->section
                                               : self->item.section;

  return section != NULL ? section : "";
}

SondeSectionKind
sonde_symbol_row_get_section_kind (SondeSymbolRow *self)
{
  return self->table != NULL
             ? sonde_section_kind_of (self->table, sonde_symbol_row_get_section (self))
             : SONDE_SECTION_OTHER;
}

const char *
sonde_symbol_row_get_source (SondeSymbolRow *self, guint *line)
{
  const SondeSymbolImage *image;

  *line = self->variable != NULL ? sonde_variable_get_info (self->variable)->line : self->item.line;
  if (self->variable == NULL)
    return self->item.file;
  if (self->table == NULL)
    return "";
  image = sonde_symbol_table_get_image (self->table);
  return sonde_symbol_image_text (image, image->variables[self->root].file);
}

static guint64
get_element_size (SondeSymbolRow *self)
{
  return sonde_type_get_size (sonde_type_get_base (sonde_variable_get_type (self->variable)));
}

gboolean
sonde_symbol_row_get_place (SondeSymbolRow *self, guint64 *address, guint64 *size)
{
  *address = self->item.address;
  *size = self->item.size;
  if (self->variable == NULL)
    return self->members == NULL;
  *address = sonde_variable_get_address (self->variable);
  *size = sonde_variable_get_size (self->variable);
  if (self->count > 0)
    {
      *address += self->first * get_element_size (self);
      *size = self->count * get_element_size (self);
    }
  return sonde_variable_get_info (self->variable)->why == NULL
         && sonde_variable_get_info (self->variable)->pointer == NULL;
}

char *
sonde_symbol_row_dup_tsv (SondeSymbolRow *self)
{
  guint64 address = 0, size = 0;
  guint line = 0;
  const gboolean is_placed = sonde_symbol_row_get_place (self, &address, &size);
  const char *source = sonde_symbol_row_get_source (self, &line);
  g_autofree char *place
      = is_placed ? g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", address) : g_strdup ("");
  g_autofree char *file = source[0] != '\0' ? g_path_get_basename (source) : g_strdup ("");
  g_autofree char *where
      = line > 0 ? g_strdup_printf ("%s:%u", file, line) : g_steal_pointer (&file);

  return g_strdup_printf ("%s\t%s\t%s\t%" G_GUINT64_FORMAT "\t%s\t%s",
                          sonde_symbol_row_get_path (self), sonde_symbol_row_get_type_name (self),
                          place, size, sonde_symbol_row_get_section (self), where);
}

/* --- What is below it ------------------------------------------------------------------------- */

/* What follows the parent's path; behind a pointer, whose path is "*p", the last step: "->b". */
static gsize
find_label (const char *path, const char *parent_path)
{
  const gsize length = strlen (parent_path);
  const char *arrow = g_strrstr (path, "->"), *bracket = strrchr (path, '[');

  if (strncmp (path, parent_path, length) == 0)
    return length + (path[length] == '.');
  if (bracket != NULL && (arrow == NULL || bracket > arrow))
    return (gsize) (bracket - path);
  return arrow != NULL ? (gsize) (arrow - path) : 0;
}

/* Takes @variable (nullable). */
static SondeSymbolRow *
new_child (SondeSymbolRow *self, SondeVariable *variable)
{
  SondeSymbolRow *child;

  if (variable == NULL)
    return NULL;
  child = sonde_symbol_row_new (self->table, self->root, variable, 0);
  child->label_start
      = find_label (sonde_variable_get_path (variable), sonde_variable_get_path (self->variable));
  return child;
}

static SondeSymbolRow *
make_child (SondeSymbolRow *self, guint64 index)
{
  return new_child (self, sonde_variable_dup_child (self->variable, index));
}

/* A pointer opens into the members of what it points to, or into that itself. */
static gpointer
make_behind_pointer (gpointer owner, guint position)
{
  SondeSymbolRow *self = owner;
  g_autoptr (SondeVariable) target = sonde_variable_dup_target (self->variable);

  if (target == NULL)
    return NULL;
  if (sonde_variable_is_leaf (target) || sonde_variable_get_n_children (target) == 0)
    return new_child (self, g_steal_pointer (&target));
  if (sonde_type_get_kind (sonde_variable_get_type (target)) == SONDE_KIND_ARRAY)
    return new_child (self, g_steal_pointer (&target));
  return new_child (self, sonde_variable_dup_child (target, position));
}

static GListModel *
create_behind_pointer (SondeSymbolRow *self)
{
  g_autoptr (SondeVariable) target = sonde_variable_dup_target (self->variable);
  guint64 n;

  if (target == NULL)
    return NULL;
  n = sonde_variable_get_n_children (target);
  if (sonde_variable_is_leaf (target)
      || sonde_type_get_kind (sonde_variable_get_type (target)) == SONDE_KIND_ARRAY || n == 0)
    n = 1;
  return sonde_symbol_children_new (G_OBJECT (self), make_behind_pointer, (guint) n);
}

static SondeSymbolRow *
make_range (SondeSymbolRow *self, guint64 first, guint64 count)
{
  const char *path = sonde_variable_get_path (self->variable);
  SondeSymbolRow *range
      = sonde_symbol_row_new (self->table, self->root, sonde_variable_ref (self->variable), 0);

  range->first = first;
  range->count = count;
  range->label_start = strlen (path);
  range->path = g_strdup_printf ("%s[%" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT "]", path, first,
                                 first + count - 1);
  range->type = g_strdup_printf (
      "%s[%" G_GUINT64_FORMAT "]",
      sonde_type_get_name (sonde_type_get_base (sonde_variable_get_type (self->variable))), count);
  return range;
}

/* So many elements stand behind each child: one, or a range; of huge arrays ranges of ranges. */
static guint64
get_step (SondeSymbolRow *self, guint64 count)
{
  guint64 step = 1;

  if (sonde_type_get_kind (sonde_variable_get_type (self->variable)) != SONDE_KIND_ARRAY)
    return 1;
  while (count / step > SONDE_SYMBOL_RANGE * (step > 1 ? 10 : 1)
         || (step == 1 && count > SONDE_SYMBOL_RANGE))
    step *= SONDE_SYMBOL_RANGE;
  return step;
}

static gpointer
make_row (gpointer owner, guint position)
{
  SondeSymbolRow *self = owner;
  const guint64 count
      = self->count > 0 ? self->count : sonde_variable_get_n_children (self->variable);
  const guint64 step = get_step (self, count);
  const guint64 first = self->first + position * step;

  if (step == 1)
    return make_child (self, first);
  return make_range (self, first, MIN (step, self->first + count - first));
}

static gpointer
make_grouped (gpointer owner, guint position)
{
  SondeSymbolRow *self = owner;

  return sonde_symbol_row_new (NULL, 0,
                               sonde_variable_ref (g_ptr_array_index (self->members, position)), 0);
}

GListModel *
sonde_symbol_row_create_children (SondeSymbolRow *self)
{
  guint64 count, step;

  if (self->members != NULL)
    return sonde_symbol_children_new (G_OBJECT (self), make_grouped, self->members->len);
  if (self->variable == NULL || sonde_symbol_row_get_why (self) != NULL)
    return NULL;
  if (sonde_type_get_kind (sonde_variable_get_type (self->variable)) == SONDE_KIND_POINTER)
    return create_behind_pointer (self);
  count = self->count > 0 ? self->count : sonde_variable_get_n_children (self->variable);
  if (count == 0)
    return NULL;
  step = get_step (self, count);
  return sonde_symbol_children_new (G_OBJECT (self), make_row,
                                    (guint) MIN ((count + step - 1) / step, G_MAXINT32));
}
