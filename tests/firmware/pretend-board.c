/* pretend-board.c: the board that the golden messages were written for: fixed memory, clock, name
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pretend-board.h"

#include <string.h>

static const sonde_region regions[] = {
  { GUINT_TO_POINTER (PRETEND_RAM), 512, SONDE_READ | SONDE_WRITE, 0 },
  { GUINT_TO_POINTER (PRETEND_COMMANDS), 16, SONDE_WRITE, 0 },
  { GUINT_TO_POINTER (PRETEND_ROM), 256, SONDE_READ, 0 },
  { GUINT_TO_POINTER (PRETEND_REGISTERS), 32, SONDE_READ | SONDE_WRITE, 4 },
  { GUINT_TO_POINTER (PRETEND_SHY), 4, SONDE_READ, 4 },
};

static const guint8 build_id[] = { 0x3f, 0xa2, 0x91, 0xc0, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
                                   0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10 };

static guint8 *
find (PretendBoard *self, guintptr address, gsize width)
{
  struct
  {
    guintptr start;
    guint8 *bytes;
    gsize size;
  } places[] = {
    { PRETEND_RAM, self->ram, sizeof self->ram },
    { PRETEND_COMMANDS, self->commands, sizeof self->commands },
    { PRETEND_ROM, self->rom, sizeof self->rom },
    { PRETEND_REGISTERS, self->registers, sizeof self->registers },
  };

  g_assert_cmpuint (address % width, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (address >= places[i].start && address + width <= places[i].start + places[i].size)
      return places[i].bytes + (address - places[i].start);
  g_assert_not_reached ();
}

static sonde_status
on_read (void *user, uintptr_t address, void *out, size_t width)
{
  PretendBoard *self = user;

  g_string_append_printf (self->accesses, "r%u ", (guint) width);
  if (address == PRETEND_SHY)
    return SONDE_BUSY;
  memcpy (out, find (self, address, width), width);
  return SONDE_OK;
}

static sonde_status
on_write (void *user, uintptr_t address, const void *bytes, size_t width)
{
  PretendBoard *self = user;

  g_string_append_printf (self->accesses, "w%u ", (guint) width);
  memcpy (find (self, address, width), bytes, width);
  return SONDE_OK;
}

static void
on_guard (void *user, bool enter)
{
  PretendBoard *self = user;

  g_string_append (self->accesses, enter ? "( " : ") ");
}

static uint32_t
on_clock (void *user)
{
  return 123456789;
}

static bool
on_random (void *user, uint8_t *out, size_t size)
{
  static const guint8 boot[] = { 0xde, 0xc0, 0xe1, 0x5b };

  memcpy (out, boot, size);
  return TRUE;
}

PretendBoard *
pretend_board_new (void)
{
  PretendBoard *self = g_new0 (PretendBoard, 1);
  sonde_agent_config *config = g_new0 (sonde_agent_config, 1);

  *config = (sonde_agent_config){
    .device = "motor-01",
    .firmware = "1.4.2",
    .build_id = build_id,
    .build_id_size = sizeof build_id,
    .clock_hz = 1000000,
    .block = 256,
    .batch = 64,
    .msg = 4096,
    .regions = regions,
    .n_regions = G_N_ELEMENTS (regions),
    .hooks = { self, on_clock, on_random, on_read, on_write, on_guard },
  };
  for (guint i = 0; i < sizeof self->ram; i++)
    self->ram[i] = (guint8) i;
  for (guint i = 0; i < sizeof self->rom; i++)
    self->rom[i] = (guint8) (255 - i);
  for (guint i = 0; i < sizeof self->registers; i++)
    self->registers[i] = (guint8) i;
  self->accesses = g_string_new (NULL);
  g_assert_true (sonde_agent_init (&self->agent, config));
  return self;
}

void
pretend_board_free (PretendBoard *self)
{
  g_free ((gpointer) self->agent.config);
  g_string_free (self->accesses, TRUE);
  g_free (self);
}

char *
pretend_board_ask (PretendBoard *self, const char *request, gsize size)
{
  g_autofree char *copy = g_malloc (MAX (size, 1));
  g_autofree char *answer = g_malloc (4096);
  gsize answer_size;

  memcpy (copy, request, size);
  answer_size = sonde_agent_handle (&self->agent, copy, size, answer, 4096);
  g_assert_cmpuint (answer_size, <=, 4096);
  return g_strndup (answer, answer_size);
}
