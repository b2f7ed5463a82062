#include "param.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DECIMALS_MAX 6

bool rnd_param_same(double a, double b)
{
    return fabs(a - b) < 1e-9 * fmax(1, fmax(fabs(a), fabs(b)));
}

double rnd_param_near(const struct rnd_param *param, double value)
{
    if (param->step > 0)
        value = param->low + round((value - param->low) / param->step) * param->step;
    /* The last step may end before the range does. */
    if (param->step > 0 && value > param->high && !rnd_param_same(value, param->high))
        value -= param->step;
    return fmin(fmax(value, param->low), param->high);
}

double rnd_param_step(const struct rnd_param *param, double value, int steps)
{
    double one = param->step > 0 ? param->step : (param->high - param->low) / 100;
    return rnd_param_near(param, value + steps * one);
}

double rnd_param_at(const struct rnd_param *param, double share)
{
    return rnd_param_near(param, param->low + share * (param->high - param->low));
}

double rnd_param_share(const struct rnd_param *param, double value)
{
    double range = param->high - param->low;
    return range > 0 ? fmin(fmax((value - param->low) / range, 0), 1) : 0;
}

/* How many decimals tell a number. */
static int decimals_of(double number)
{
    int decimals = 0;
    for (; decimals < DECIMALS_MAX && !rnd_param_same(number, round(number)); decimals++)
        number *= 10;
    return decimals;
}

/* Word number `index` of "a|b"; its length, 0: there is none. */
static size_t word_at(const char *words, size_t index, const char **word)
{
    for (; index > 0 && words; index--) {
        words = strchr(words, '|');
        words += words != NULL;
    }
    *word = words;
    return words ? strcspn(words, "|") : 0;
}

/* At least `least` decimals. */
static size_t write_value(const struct rnd_param *param, double value, int least, char *out,
                          size_t size)
{
    const char *word;
    size_t length;
    int written, decimals = least;
    if (param->words) {
        length = word_at(param->words, (size_t)fmax(value, 0), &word);
        written = snprintf(out, size, "%.*s", (int)length, length ? word : "");
    } else {
        /* Values that follow each other have the same number of decimals. */
        double numbers[] = {value, param->low, param->step};
        for (int i = 0; i < 3; i++)
            decimals = decimals < decimals_of(numbers[i]) ? decimals_of(numbers[i]) : decimals;
        written = snprintf(out, size, "%.*f", decimals, value);
    }
    length = written > 0 ? (size_t)written : 0;
    return length < size ? length : size - 1;
}

size_t rnd_param_text(const struct rnd_param *param, double value, char *out, size_t size)
{
    return write_value(param, value, param->whole ? 0 : 1, out, size);
}

size_t rnd_param_label(const struct rnd_param *param, double value, char *out, size_t size)
{
    size_t length = write_value(param, value, param->whole ? 0 : 1, out, size);
    if (param->unit && *param->unit && length + strlen(param->unit) + 2 <= size)
        length += (size_t)snprintf(out + length, size - length, " %s", param->unit);
    return length;
}

bool rnd_param_read(const struct rnd_param *param, const char *text, double *value)
{
    const char *word;
    size_t length;
    text += strspn(text, " ");
    size_t given = strlen(text);
    while (given > 0 && text[given - 1] == ' ')
        given--;
    if (param->words) {
        for (size_t i = 0; (length = word_at(param->words, i, &word)) > 0; i++)
            if (length == given && memcmp(word, text, given) == 0) {
                *value = (double)i;
                return true;
            }
        return false;
    }
    char number[RND_PARAM_TEXT_MAX], *end;
    if (given == 0 || given >= sizeof number)
        return false;
    memcpy(number, text, given);
    number[given] = '\0';
    double read = strtod(number, &end);
    while (*end == ' ')
        end++;
    if (end == number || !isfinite(read) || (*end && strcmp(end, param->unit) != 0))
        return false;
    *value = rnd_param_near(param, read);
    return true;
}
