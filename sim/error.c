#include "error.h"

const char *sim_error_text(int code)
{
    switch (code) {
    case 0:
        return "no error";
#define SIM_ERROR_TEXT(name, value, text)                                                          \
    case SIM_##name:                                                                               \
        return text;
        SIM_ERRORS(SIM_ERROR_TEXT)
#undef SIM_ERROR_TEXT
    default:
        return "unknown error";
    }
}
