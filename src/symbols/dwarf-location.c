/* dwarf-location.c: location expressions, as far as a fixed place needs them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-location.h"

#define MAX_STACK 4

/* A small machine for expressions that are the same at any time. */
typedef struct
{
  const SondeDie *die;
  SondeCursor cursor;
  guint64 stack[MAX_STACK];
  guint n;
  const guint8 *address_at; /* where the address was read */
} Machine;

static gboolean
push (Machine *self, guint64 value)
{
  if (self->n == MAX_STACK)
    return FALSE;
  self->stack[self->n++] = value;
  return TRUE;
}

static gboolean
push_indexed (Machine *self)
{
  const SondeDwarfUnit *unit = self->die->unit;
  const guint64 index = sonde_cursor_uleb (&self->cursor);
  guint64 address;

  if (!sonde_die_get_indexed_address (self->die, index, &address))
    return FALSE;
  self->address_at
      = self->die->dwarf->addr.data + unit->addr_at + index * unit->layout.address_size;
  return push (self, address);
}

static gboolean
add (Machine *self, gboolean is_minus)
{
  if (self->n < 2)
    return FALSE;
  self->n--;
  self->stack[self->n - 1] += is_minus ? -self->stack[self->n] : self->stack[self->n];
  return TRUE;
}

static gboolean
add_constant (Machine *self)
{
  const guint64 constant = sonde_cursor_uleb (&self->cursor);

  if (self->n == 0)
    return FALSE;
  self->stack[self->n - 1] += constant;
  return TRUE;
}

/* FALSE: an operation that asks for registers, memory or the like. */
static gboolean
run_operation (Machine *self, guint8 operation)
{
  SondeCursor *cursor = &self->cursor;

  switch (operation)
    {
    case DW_OP_addr:
      self->address_at = cursor->at;
      return push (self, sonde_cursor_number (cursor, self->die->unit->layout.address_size));
    case DW_OP_addrx:
    case DW_OP_GNU_addr_index:
      return push_indexed (self);
    case DW_OP_const1u:
      return push (self, sonde_cursor_u8 (cursor));
    case DW_OP_const2u:
      return push (self, sonde_cursor_u16 (cursor));
    case DW_OP_const4u:
      return push (self, sonde_cursor_u32 (cursor));
    case DW_OP_const8u:
    case DW_OP_const8s:
      return push (self, sonde_cursor_u64 (cursor));
    case DW_OP_const1s:
      return push (self, (guint64) (gint8) sonde_cursor_u8 (cursor));
    case DW_OP_const2s:
      return push (self, (guint64) (gint16) sonde_cursor_u16 (cursor));
    case DW_OP_const4s:
      return push (self, (guint64) (gint32) sonde_cursor_u32 (cursor));
    case DW_OP_constu:
      return push (self, sonde_cursor_uleb (cursor));
    case DW_OP_consts:
      return push (self, (guint64) sonde_cursor_sleb (cursor));
    case DW_OP_plus_uconst:
      return add_constant (self);
    case DW_OP_plus:
    case DW_OP_minus:
      return add (self, operation == DW_OP_minus);
    case DW_OP_nop:
      return TRUE;
    default:
      return operation >= DW_OP_lit0 && operation <= DW_OP_lit31
             && push (self, operation - DW_OP_lit0);
    }
}

static gboolean
run (Machine *self)
{
  while (self->cursor.at < self->cursor.end)
    if (!run_operation (self, sonde_cursor_u8 (&self->cursor)))
      return FALSE;
  return !self->cursor.has_failed && self->n == 1;
}

/* What stands in the first operation decides: a person is told why, not every detail. */
static SondePlace
judge_other (const guint8 *data, gsize size)
{
  const guint8 first = data[0], last = data[size - 1];

  if (last == DW_OP_form_tls_address || last == DW_OP_GNU_push_tls_address)
    return SONDE_PLACE_THREAD;
  if ((first >= DW_OP_reg0 && first <= DW_OP_reg31) || first == DW_OP_regx || first == DW_OP_piece
      || first == DW_OP_bit_piece || first == DW_OP_implicit_value || last == DW_OP_stack_value)
    return SONDE_PLACE_PIECES;
  if (first == DW_OP_addr || first == DW_OP_addrx || first == DW_OP_GNU_addr_index)
    return SONDE_PLACE_PIECES;
  return SONDE_PLACE_VARYING;
}

SondePlace
sonde_location_of (const SondeDie *die, const SondeAttribute *value, guint64 *address,
                   const guint8 **address_at)
{
  const guint address_size = die->unit->layout.address_size;
  Machine machine = { .die = die };

  if (!sonde_attribute_is_block (value))
    return SONDE_PLACE_VARYING;
  if (value->size == 0)
    return SONDE_PLACE_NONE;
  machine.cursor = (SondeCursor){ value->data, value->data + value->size, die->dwarf->swap, FALSE };
  if (!run (&machine))
    return judge_other (value->data, value->size);
  *address = machine.stack[0];
  if (address_size < 8)
    *address &= (G_GUINT64_CONSTANT (1) << 8 * address_size) - 1;
  if (address_at != NULL)
    *address_at = machine.address_at;
  return SONDE_PLACE_FIXED;
}

gboolean
sonde_location_of_member (const SondeDie *die, const SondeAttribute *value, guint64 *offset)
{
  Machine machine = { .die = die, .n = 1 };

  if (sonde_attribute_get_number (value, offset))
    return TRUE;
  /* DWARF 2 and 3 write a small program: "add n" to where the parent begins. */
  if (!sonde_attribute_is_block (value) || value->size == 0)
    return FALSE;
  machine.cursor = (SondeCursor){ value->data, value->data + value->size, die->dwarf->swap, FALSE };
  if (!run (&machine))
    return FALSE;
  *offset = machine.stack[0];
  return TRUE;
}
