/* line-program.c: runs one line program of DWARF 2 to 5 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/line-program.h"

typedef struct
{
  SondeCursor cursor; /* to the end of the program */
  guint version;
  guint address_size;
  guint min_length, max_ops;
  gint8 line_base;
  guint line_range, opcode_base;
  const guint8 *lengths; /* operands of opcode 1 and so on */
  SondeLineState state;
  SondeLineFunc func;
  gpointer user_data;
} Program;

static gboolean
read_head (Program *self, const SondeDie *root)
{
  SondeCursor *cursor = &self->cursor;
  guint offset_size = 4;
  guint64 length = sonde_cursor_u32 (cursor);

  if (length == G_MAXUINT32)
    {
      offset_size = 8;
      length = sonde_cursor_u64 (cursor);
    }
  if (length > (guint64) (cursor->end - cursor->at))
    return FALSE;
  cursor->end = cursor->at + length;
  self->version = sonde_cursor_u16 (cursor);
  if (self->version < 2 || self->version > 5)
    return FALSE;
  self->address_size = root->unit->layout.address_size;
  if (self->version == 5)
    {
      self->address_size = sonde_cursor_u8 (cursor);
      sonde_cursor_u8 (cursor);
    }
  length = sonde_cursor_number (cursor, offset_size);
  if (length > (guint64) (cursor->end - cursor->at))
    return FALSE;
  const guint8 *program = cursor->at + length;
  self->min_length = sonde_cursor_u8 (cursor);
  self->max_ops = self->version >= 4 ? sonde_cursor_u8 (cursor) : 1;
  sonde_cursor_u8 (cursor);
  self->line_base = (gint8) sonde_cursor_u8 (cursor);
  self->line_range = sonde_cursor_u8 (cursor);
  self->opcode_base = sonde_cursor_u8 (cursor);
  self->lengths = sonde_cursor_take (cursor, self->opcode_base > 0 ? self->opcode_base - 1 : 0);
  if (cursor->has_failed || self->line_range == 0 || self->opcode_base == 0)
    return FALSE;
  cursor->at = program;
  return TRUE;
}

static void
reset (Program *self)
{
  self->state = (SondeLineState){ .file = 1, .line = 1 };
}

static void
tell (Program *self)
{
  self->func (&self->state, self->user_data);
}

static void
advance (Program *self, guint64 operations)
{
  SondeLineState *state = &self->state;

  if (self->max_ops <= 1)
    {
      state->address += operations * self->min_length;
      return;
    }
  operations += state->op_index;
  state->address += operations / self->max_ops * self->min_length;
  state->op_index = (guint) (operations % self->max_ops);
}

static void
run_special (Program *self, guint opcode)
{
  const guint adjusted = opcode - self->opcode_base;

  advance (self, adjusted / self->line_range);
  self->state.line += (guint64) (self->line_base + (gint) (adjusted % self->line_range));
  tell (self);
}

static void
run_extended (Program *self)
{
  SondeCursor *cursor = &self->cursor;
  const guint64 length = sonde_cursor_uleb (cursor);
  const guint8 *start = sonde_cursor_take (cursor, length);

  if (start == NULL || length == 0)
    return;
  if (*start == DW_LNE_end_sequence)
    {
      self->state.is_end = TRUE;
      tell (self);
      reset (self);
    }
  else if (*start == DW_LNE_set_address)
    {
      SondeCursor operand = *cursor;

      operand.at = start + 1;
      operand.end = start + length;
      self->state.address = sonde_cursor_number (&operand, (guint) MIN (length - 1, 8));
      self->state.op_index = 0;
    }
}

/* An operand count that differs from the standard's makes an opcode one that is not known. */
static gboolean
is_standard (const Program *self, guint opcode)
{
  static const guint8 lengths[] = { 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1 };

  return opcode <= G_N_ELEMENTS (lengths) && self->lengths[opcode - 1] == lengths[opcode - 1];
}

static void
run_standard (Program *self, guint opcode)
{
  SondeCursor *cursor = &self->cursor;
  SondeLineState *state = &self->state;

  switch (is_standard (self, opcode) ? opcode : 0)
    {
    case DW_LNS_copy:
      tell (self);
      break;
    case DW_LNS_advance_pc:
      advance (self, sonde_cursor_uleb (cursor));
      break;
    case DW_LNS_advance_line:
      state->line += (guint64) sonde_cursor_sleb (cursor);
      break;
    case DW_LNS_set_file:
      state->file = sonde_cursor_uleb (cursor);
      break;
    case DW_LNS_set_column:
      state->column = sonde_cursor_uleb (cursor);
      break;
    case DW_LNS_const_add_pc:
      advance (self, (255 - self->opcode_base) / self->line_range);
      break;
    case DW_LNS_fixed_advance_pc:
      state->address += sonde_cursor_u16 (cursor);
      state->op_index = 0;
      break;
    default:
      for (guint i = 0; i < self->lengths[opcode - 1]; i++)
        sonde_cursor_uleb (cursor);
      break;
    }
}

gboolean
sonde_line_program_run (const SondeDie *root, guint64 offset, SondeLineFunc func,
                        gpointer user_data)
{
  Program self = { .func = func, .user_data = user_data };
  SondeCursor *cursor = &self.cursor;

  *cursor = sonde_dwarf_get_cursor (root->dwarf, root->dwarf->line, offset);
  if (!read_head (&self, root))
    return FALSE;
  reset (&self);
  while (cursor->at < cursor->end && !cursor->has_failed)
    {
      const guint opcode = sonde_cursor_u8 (cursor);

      if (opcode >= self.opcode_base)
        run_special (&self, opcode);
      else if (opcode == 0)
        run_extended (&self);
      else
        run_standard (&self, opcode);
    }
  return !cursor->has_failed;
}
