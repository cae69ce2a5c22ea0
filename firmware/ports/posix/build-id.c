/* build-id.c: finds the GNU build id in a note section */
/* SPDX-License-Identifier: MIT */
#include "ports/posix/build-id.h"

#include <string.h>

enum
{
  NOTE_BUILD_ID = 3,
};

/* Sizes in notes are padded to four bytes. */
static size_t
pad (size_t size)
{
  return (size + 3) & ~(size_t) 3;
}

const uint8_t *
build_id_find (const void *notes, size_t size, size_t *size_out)
{
  const uint8_t *at = notes;

  while (size >= 12)
    {
      uint32_t head[3]; /* size of the name, size of the content, kind */
      size_t name, content;

      memcpy (head, at, sizeof head);
      if (head[0] > size - 12 || head[1] > size - 12)
        return NULL;
      name = pad (head[0]);
      content = pad (head[1]);
      if (name > size - 12 || head[1] > size - 12 - name)
        return NULL;
      if (head[2] == NOTE_BUILD_ID && head[0] == 4 && memcmp (at + 12, "GNU", 4) == 0)
        {
          *size_out = head[1];
          return at + 12 + name;
        }
      if (12 + name + content > size)
        return NULL;
      at += 12 + name + content;
      size -= 12 + name + content;
    }
  return NULL;
}
