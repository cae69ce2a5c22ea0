/* fuzz-dwarf.c: any bytes as an ELF file in memory, made into a symbol image and opened again */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/mman.h>
#include <unistd.h>

#include "symbols/image-builder.h"
#include "symbols/symbol-image.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
on_progress (double fraction, const char *stage, gpointer user_data)
{
  g_assert_true (fraction >= 0 && fraction <= 1);
}

/* Whatever the reader makes of it, its own checks must accept. */
static void
check_image (GBytes *image)
{
  g_autoptr (GError) error = NULL;
  SondeSymbolImage opened;

  g_assert_true (sonde_symbol_image_open (&opened, image, &error));
  sonde_symbol_image_close (&opened);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const int fd = memfd_create ("fuzz-dwarf", MFD_CLOEXEC);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) image = NULL;

  if (fd < 0 || write (fd, data, size) != (gssize) size)
    return 0;
  image = sonde_image_build (fd, "input", on_progress, NULL, &error);
  if (image != NULL)
    check_image (image);
  else
    g_assert_nonnull (error);
  close (fd);
  return 0;
}
