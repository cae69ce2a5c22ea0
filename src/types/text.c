/* text.c: a value as what a person reads and types */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/text.h"

G_DEFINE_QUARK (sonde_type_error, sonde_type_error)
