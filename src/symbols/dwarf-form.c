/* dwarf-form.c: how the values of attributes are written */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-form.h"

typedef enum
{
  SIZE_FIXED, /* bytes in size */
  SIZE_ADDRESS,
  SIZE_OFFSET,
  SIZE_REFERENCE,
  SIZE_ULEB,
  SIZE_SLEB,
  SIZE_TEXT,
  SIZE_BLOCK, /* size bytes, 0: LEB128, of length before it */
} SizeRule;

typedef struct
{
  guint16 form;
  guint8 rule, size;
  guint8 kind; /* SondeFormClass */
} Form;

/* By number, so that those up to 0x2c are found without a search. */
static const Form forms[] = {
  { DW_FORM_addr, SIZE_ADDRESS, 0, SONDE_FORM_ADDRESS },
  { 2, SIZE_FIXED, 0, SONDE_FORM_NONE },
  { DW_FORM_block2, SIZE_BLOCK, 2, SONDE_FORM_BLOCK },
  { DW_FORM_block4, SIZE_BLOCK, 4, SONDE_FORM_BLOCK },
  { DW_FORM_data2, SIZE_FIXED, 2, SONDE_FORM_NUMBER },
  { DW_FORM_data4, SIZE_FIXED, 4, SONDE_FORM_NUMBER },
  { DW_FORM_data8, SIZE_FIXED, 8, SONDE_FORM_NUMBER },
  { DW_FORM_string, SIZE_TEXT, 0, SONDE_FORM_TEXT },
  { DW_FORM_block, SIZE_BLOCK, 0, SONDE_FORM_BLOCK },
  { DW_FORM_block1, SIZE_BLOCK, 1, SONDE_FORM_BLOCK },
  { DW_FORM_data1, SIZE_FIXED, 1, SONDE_FORM_NUMBER },
  { DW_FORM_flag, SIZE_FIXED, 1, SONDE_FORM_FLAG },
  { DW_FORM_sdata, SIZE_SLEB, 0, SONDE_FORM_NUMBER },
  { DW_FORM_strp, SIZE_OFFSET, 0, SONDE_FORM_TEXT_AT },
  { DW_FORM_udata, SIZE_ULEB, 0, SONDE_FORM_NUMBER },
  { DW_FORM_ref_addr, SIZE_REFERENCE, 0, SONDE_FORM_REFERENCE_INFO },
  { DW_FORM_ref1, SIZE_FIXED, 1, SONDE_FORM_REFERENCE },
  { DW_FORM_ref2, SIZE_FIXED, 2, SONDE_FORM_REFERENCE },
  { DW_FORM_ref4, SIZE_FIXED, 4, SONDE_FORM_REFERENCE },
  { DW_FORM_ref8, SIZE_FIXED, 8, SONDE_FORM_REFERENCE },
  { DW_FORM_ref_udata, SIZE_ULEB, 0, SONDE_FORM_REFERENCE },
  { DW_FORM_indirect, SIZE_ULEB, 0, SONDE_FORM_NONE },
  { DW_FORM_sec_offset, SIZE_OFFSET, 0, SONDE_FORM_OFFSET },
  { DW_FORM_exprloc, SIZE_BLOCK, 0, SONDE_FORM_EXPRESSION },
  { DW_FORM_flag_present, SIZE_FIXED, 0, SONDE_FORM_FLAG },
  { DW_FORM_strx, SIZE_ULEB, 0, SONDE_FORM_TEXT_INDEX },
  { DW_FORM_addrx, SIZE_ULEB, 0, SONDE_FORM_ADDRESS_INDEX },
  { DW_FORM_ref_sup4, SIZE_FIXED, 4, SONDE_FORM_ELSEWHERE },
  { DW_FORM_strp_sup, SIZE_OFFSET, 0, SONDE_FORM_ELSEWHERE },
  { DW_FORM_data16, SIZE_FIXED, 16, SONDE_FORM_BLOCK },
  { DW_FORM_line_strp, SIZE_OFFSET, 0, SONDE_FORM_LINE_TEXT_AT },
  { DW_FORM_ref_sig8, SIZE_FIXED, 8, SONDE_FORM_SIGNATURE },
  { DW_FORM_implicit_const, SIZE_FIXED, 0, SONDE_FORM_NUMBER },
  { DW_FORM_loclistx, SIZE_ULEB, 0, SONDE_FORM_LIST },
  { DW_FORM_rnglistx, SIZE_ULEB, 0, SONDE_FORM_LIST },
  { DW_FORM_ref_sup8, SIZE_FIXED, 8, SONDE_FORM_ELSEWHERE },
  { DW_FORM_strx1, SIZE_FIXED, 1, SONDE_FORM_TEXT_INDEX },
  { DW_FORM_strx2, SIZE_FIXED, 2, SONDE_FORM_TEXT_INDEX },
  { DW_FORM_strx3, SIZE_FIXED, 3, SONDE_FORM_TEXT_INDEX },
  { DW_FORM_strx4, SIZE_FIXED, 4, SONDE_FORM_TEXT_INDEX },
  { DW_FORM_addrx1, SIZE_FIXED, 1, SONDE_FORM_ADDRESS_INDEX },
  { DW_FORM_addrx2, SIZE_FIXED, 2, SONDE_FORM_ADDRESS_INDEX },
  { DW_FORM_addrx3, SIZE_FIXED, 3, SONDE_FORM_ADDRESS_INDEX },
  { DW_FORM_addrx4, SIZE_FIXED, 4, SONDE_FORM_ADDRESS_INDEX },
  { DW_FORM_GNU_addr_index, SIZE_ULEB, 0, SONDE_FORM_ADDRESS_INDEX },
  { DW_FORM_GNU_str_index, SIZE_ULEB, 0, SONDE_FORM_TEXT_INDEX },
  { DW_FORM_GNU_ref_alt, SIZE_OFFSET, 0, SONDE_FORM_ELSEWHERE },
  { DW_FORM_GNU_strp_alt, SIZE_OFFSET, 0, SONDE_FORM_ELSEWHERE },
};

static const Form *
find_form (guint form)
{
  if (form >= 1 && form <= DW_FORM_addrx4)
    return form != 2 ? &forms[form - 1] : NULL;
  for (guint i = DW_FORM_addrx4; i < G_N_ELEMENTS (forms); i++)
    if (forms[i].form == form)
      return &forms[i];
  return NULL;
}

static guint
get_fixed_size (const Form *form, const SondeFormLayout *layout)
{
  return form->rule == SIZE_ADDRESS     ? layout->address_size
         : form->rule == SIZE_OFFSET    ? layout->offset_size
         : form->rule == SIZE_REFERENCE ? layout->reference_size
                                        : form->size;
}

int
sonde_form_get_size (guint number, const SondeFormLayout *layout)
{
  const Form *form = find_form (number);

  if (form == NULL)
    return SONDE_FORM_UNKNOWN;
  return form->rule >= SIZE_ULEB ? SONDE_FORM_VARIES : (int) get_fixed_size (form, layout);
}

/* A form that the value itself names; one hop, or a damaged file would lead round in a circle. */
static guint
read_indirect (SondeCursor *cursor, guint form)
{
  if (form != DW_FORM_indirect)
    return form;
  const guint64 real = sonde_cursor_uleb (cursor);
  return real != DW_FORM_indirect && real != DW_FORM_implicit_const && real <= G_MAXUINT16
             ? (guint) real
             : 0;
}

static guint64
read_length (SondeCursor *cursor, guint size)
{
  return size == 0 ? sonde_cursor_uleb (cursor) : sonde_cursor_number (cursor, size);
}

gboolean
sonde_form_skip (SondeCursor *cursor, guint number, const SondeFormLayout *layout)
{
  const guint real = read_indirect (cursor, number);
  const Form *form = find_form (real);

  if (form == NULL)
    return FALSE;
  switch (form->rule)
    {
    case SIZE_ULEB:
    case SIZE_SLEB:
      sonde_cursor_uleb (cursor);
      break;
    case SIZE_TEXT:
      sonde_cursor_text (cursor);
      break;
    case SIZE_BLOCK:
      sonde_cursor_take (cursor, read_length (cursor, form->size));
      break;
    default:
      sonde_cursor_take (cursor, get_fixed_size (form, layout));
      break;
    }
  return !cursor->has_failed;
}

static void
read_fixed (SondeCursor *cursor, const Form *form, const SondeFormLayout *layout,
            SondeAttribute *value)
{
  value->size = get_fixed_size (form, layout);
  if (value->kind == SONDE_FORM_BLOCK)
    value->data = sonde_cursor_take (cursor, value->size);
  else if (value->size > 0)
    value->number = sonde_cursor_number (cursor, (guint) value->size);
}

gboolean
sonde_form_read (SondeCursor *cursor, guint number, const SondeFormLayout *layout, gint64 implicit,
                 SondeAttribute *value)
{
  const Form *form;

  value->form = (guint16) read_indirect (cursor, number);
  form = find_form (value->form);
  if (form == NULL)
    return FALSE;
  value->kind = form->kind;
  value->number = 0;
  value->data = cursor->at;
  switch (form->rule)
    {
    case SIZE_ULEB:
      value->number = sonde_cursor_uleb (cursor);
      break;
    case SIZE_SLEB:
      value->number = (guint64) sonde_cursor_sleb (cursor);
      break;
    case SIZE_TEXT:
      value->data = (const guint8 *) sonde_cursor_text (cursor);
      break;
    case SIZE_BLOCK:
      value->size = read_length (cursor, form->size);
      value->data = sonde_cursor_take (cursor, value->size);
      break;
    default:
      read_fixed (cursor, form, layout, value);
      break;
    }
  if (value->form == DW_FORM_implicit_const)
    value->number = (guint64) implicit;
  else if (value->form == DW_FORM_flag_present)
    value->number = 1;
  return !cursor->has_failed;
}
