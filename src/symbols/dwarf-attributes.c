/* dwarf-attributes.c: an entry's attributes as plain values */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-attributes.h"

#if HAVE_LIBDWARF_SUBDIR
#include <libdwarf/libdwarf.h>
#else
#include <libdwarf.h>
#endif

static Dwarf_Die
to_die (SondeDie *die)
{
  return (Dwarf_Die) die;
}

/* (nullable): freed with dwarf_dealloc() by free_attribute() */
static Dwarf_Attribute
dup_attribute (SondeDwarf *self, SondeDie *die, guint number)
{
  Dwarf_Attribute attribute = NULL;
  Dwarf_Error failure = NULL;

  return sonde_dwarf_is_ok (
             self, dwarf_attr (to_die (die), (Dwarf_Half) number, &attribute, &failure), failure)
             ? attribute
             : NULL;
}

static void
free_attribute (SondeDwarf *self, Dwarf_Attribute attribute)
{
  dwarf_dealloc (sonde_dwarf_get_debug (self), attribute, DW_DLA_ATTR);
}

static guint
get_form (Dwarf_Attribute attribute)
{
  Dwarf_Half form = 0;

  return dwarf_whatform (attribute, &form, NULL) == DW_DLV_OK ? form : 0;
}

const char *
sonde_die_get_name (SondeDwarf *self, SondeDie *die)
{
  return sonde_die_get_text (self, die, DW_AT_name);
}

const char *
sonde_die_get_text (SondeDwarf *self, SondeDie *die, guint attribute)
{
  Dwarf_Attribute found = dup_attribute (self, die, attribute);
  Dwarf_Error failure = NULL;
  char *text = NULL;

  if (found == NULL)
    return NULL;
  if (!sonde_dwarf_is_ok (self, dwarf_formstring (found, &text, &failure), failure))
    text = NULL;
  free_attribute (self, found);
  return text;
}

/* formudata refuses sdata and implicit_const, formsdata takes them; the other way round it would
 * sign-extend data1, data2 and data4. A refusal is no damage. */
static gboolean
read_number (SondeDwarf *self, Dwarf_Attribute attribute, guint64 *value)
{
  Dwarf_Unsigned number = 0;
  Dwarf_Signed other = 0;
  Dwarf_Error failure = NULL;
  int result = dwarf_formudata (attribute, &number, &failure);

  if (result == DW_DLV_ERROR)
    {
      dwarf_dealloc (sonde_dwarf_get_debug (self), failure, DW_DLA_ERROR);
      failure = NULL;
      result = dwarf_formsdata (attribute, &other, &failure);
      number = (Dwarf_Unsigned) other;
    }
  if (result == DW_DLV_ERROR)
    dwarf_dealloc (sonde_dwarf_get_debug (self), failure, DW_DLA_ERROR);
  *value = number;
  return result == DW_DLV_OK;
}

gboolean
sonde_die_get_number (SondeDwarf *self, SondeDie *die, guint attribute, guint64 *value)
{
  Dwarf_Attribute found = dup_attribute (self, die, attribute);
  gboolean ok;

  if (found == NULL)
    return FALSE;
  ok = read_number (self, found, value);
  free_attribute (self, found);
  return ok;
}

gboolean
sonde_die_has_flag (SondeDwarf *self, SondeDie *die, guint attribute)
{
  Dwarf_Attribute found = dup_attribute (self, die, attribute);
  Dwarf_Bool flag = FALSE;
  Dwarf_Error failure = NULL;

  if (found == NULL)
    return FALSE;
  if (!sonde_dwarf_is_ok (self, dwarf_formflag (found, &flag, &failure), failure))
    flag = FALSE;
  free_attribute (self, found);
  return flag != 0;
}

static SondeDieKey
find_by_signature (SondeDwarf *self, Dwarf_Attribute attribute)
{
  Dwarf_Sig8 signature;
  Dwarf_Die die = NULL;
  Dwarf_Bool is_info = FALSE;
  Dwarf_Error failure = NULL;
  SondeDieKey key;

  if (!sonde_dwarf_is_ok (self, dwarf_formsig8 (attribute, &signature, &failure), failure)
      || !sonde_dwarf_is_ok (self,
                             dwarf_find_die_given_sig8 (sonde_dwarf_get_debug (self), &signature,
                                                        &die, &is_info, &failure),
                             failure))
    return 0;
  key = sonde_die_get_key ((SondeDie *) die);
  sonde_die_free (self, (SondeDie *) die);
  return key;
}

SondeDieKey
sonde_die_get_reference (SondeDwarf *self, SondeDie *die, guint attribute)
{
  Dwarf_Attribute found = dup_attribute (self, die, attribute);
  Dwarf_Error failure = NULL;
  Dwarf_Off offset = 0;
  SondeDieKey key = 0;
  guint form;

  if (found == NULL)
    return 0;
  form = get_form (found);
  if (form == DW_FORM_ref_sig8)
    key = find_by_signature (self, found);
  else if (sonde_dwarf_is_ok (self, dwarf_global_formref (found, &offset, &failure), failure))
    key = offset
          | (form != DW_FORM_ref_addr && !dwarf_get_die_infotypes_flag (to_die (die))
                 ? SONDE_IN_TYPES
                 : 0);
  free_attribute (self, found);
  return key;
}

gboolean
sonde_die_has (SondeDwarf *self, SondeDie *die, guint attribute)
{
  Dwarf_Bool has = FALSE;
  Dwarf_Error failure = NULL;

  return sonde_dwarf_is_ok (
             self, dwarf_hasattr (to_die (die), (Dwarf_Half) attribute, &has, &failure), failure)
         && has;
}

static gboolean
read_block (SondeDwarf *self, Dwarf_Attribute attribute, const guint8 **data, gsize *size)
{
  Dwarf_Block *block = NULL;
  Dwarf_Error failure = NULL;

  if (!sonde_dwarf_is_ok (self, dwarf_formblock (attribute, &block, &failure), failure))
    return FALSE;
  *data = block->bl_data;
  *size = block->bl_len;
  dwarf_dealloc (sonde_dwarf_get_debug (self), block, DW_DLA_BLOCK);
  return TRUE;
}

gboolean
sonde_die_is_block (SondeDwarf *self, SondeDie *die, guint attribute, const guint8 **data,
                    gsize *size)
{
  Dwarf_Attribute found = dup_attribute (self, die, attribute);
  Dwarf_Unsigned length = 0;
  Dwarf_Ptr bytes = NULL;
  Dwarf_Error failure = NULL;
  gboolean ok = FALSE;

  if (found == NULL)
    return FALSE;
  switch (get_form (found))
    {
    case DW_FORM_exprloc:
      ok = sonde_dwarf_is_ok (self, dwarf_formexprloc (found, &length, &bytes, &failure), failure);
      *data = bytes;
      *size = length;
      break;
    case DW_FORM_block:
    case DW_FORM_block1:
    case DW_FORM_block2:
    case DW_FORM_block4:
      ok = read_block (self, found, data, size);
      break;
    default:
      break;
    }
  free_attribute (self, found);
  return ok;
}

gboolean
sonde_die_get_indexed_address (SondeDwarf *self, SondeDie *die, guint64 index, guint64 *address)
{
  Dwarf_Addr found = 0;
  Dwarf_Error failure = NULL;

  if (!sonde_dwarf_is_ok (
          self, dwarf_debug_addr_index_to_addr (to_die (die), index, &found, &failure), failure))
    return FALSE;
  *address = found;
  return TRUE;
}
