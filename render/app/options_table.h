/* The tables behind options.h: which commands and options there are.
 *
 * Invariant: an option's `offset` is that of a field of struct rnd_options of the type that its
 * type says.
 */
#ifndef RND_OPTIONS_TABLE_H
#define RND_OPTIONS_TABLE_H

#include "options.h"

#define RND_COMMAND_COUNT (RND_COMMAND_COMPARE + 1)

#define RND_COUNT_MOST INT64_C(1000000000)
#define RND_SECONDS_MOST 3e9
#define RND_SIZE_LEAST_PX 320
#define RND_SIZE_MOST_PX 16384

/* What follows an option, and where it is stored. */
enum rnd_option_type {
    RND_OPTION_FLAG,    /* nothing; bool */
    RND_OPTION_TEXT,    /* const char * */
    RND_OPTION_CHOICE,  /* one of the words of `value`, divided by |; const char * */
    RND_OPTION_COUNT,   /* 1, 2, ...; int64_t */
    RND_OPTION_INDEX,   /* 0, 1, ...; int64_t */
    RND_OPTION_SECONDS, /* above 0; int64_t of nanoseconds */
    RND_OPTION_MOMENT,  /* 0 or above; likewise */
    RND_OPTION_SIZE,    /* 1280x720; two ints, the other follows */
    RND_OPTION_SPEED,   /* double, 0.001 to 1000000 */
    RND_OPTION_FACTOR,  /* 0.5 to 8; double */
    RND_OPTION_PARAM    /* NAME=VALUE, again and again; struct rnd_given_params */
};

struct rnd_option {
    const char *name;
    const char *value; /* what follows it, in help; NULL: nothing */
    const char *help;
    size_t offset;
    unsigned commands; /* bit 1 << enum rnd_command */
    enum rnd_option_type type;
    char letter; /* 0: none */
};

struct rnd_command_entry {
    const char *name; /* "" for the window */
    const char *full; /* as typed */
    const char *usage, *about;
    bool rest_is_the_scripts; /* what follows the script is its own, options too */
};

/* By enum rnd_command. */
extern const struct rnd_command_entry rnd_command_table[];

/* The option of a name, of a letter; NULL if there is none.  Of whichever command. */
const struct rnd_option *rnd_option_find(const char *name, size_t length);
const struct rnd_option *rnd_option_find_letter(char letter);

/* The option that is most like `name`: one of the command's, or else of any; NULL if none is near.
 */
const struct rnd_option *rnd_option_nearest(enum rnd_command command, const char *name,
                                            size_t length);

/* The command whose name is most like `word`, for a hint; NULL if none is near. */
const char *rnd_command_nearest(const char *word);

/* What is wrong with a value of that type: "no number of seconds above 0". */
const char *rnd_option_expects(enum rnd_option_type type);

#endif
