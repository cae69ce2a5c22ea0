/* variables.h: what the demo board holds for a host to look at */
/* SPDX-License-Identifier: MIT */
#ifndef DEMO_VARIABLES_H
#define DEMO_VARIABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pid
{
  float kp, ki, kd; /* V/rpm, V/(rpm s), V s/rpm */
  float integrator; /* V */
};

struct motor
{
  float speed;       /* rpm, as the encoder tells it */
  float target;      /* rpm, 0..3000 */
  float current;     /* A, as the sensor tells it */
  float temperature; /* degC */
  struct pid pid;
};

enum state
{
  INIT,
  RUN,
  FAULT,
};

struct wave
{
  uint32_t counter; /* steps */
  float sine;       /* 50 Hz, amplitude 1 */
  int16_t square;   /* 10 Hz, +-100 */
};

struct flags
{
  unsigned ready : 1;
  unsigned mode : 3;
  int level : 4;
  unsigned wide : 20;
};

union raw
{
  uint32_t word;
  uint8_t bytes[4];
  float real;
};

struct node
{
  int32_t value;
  struct node *next;
};

extern struct motor motor;
extern struct motor axis[4];
extern enum state state;
extern uint64_t ticks; /* ms */
extern struct wave wave;
extern uint16_t adc[8];
extern double matrix[3][4];
extern struct flags flags;
extern union raw raw;
extern char message[32];
extern struct node *next;
extern int *nothing;
extern uint8_t inject_fault;

/* `mode` lives in mode.c: its names clash with those of `state`, as names in real firmware do. */
bool demo_mode_is_run (void);
void *demo_mode_get_place (size_t *size);

#endif
