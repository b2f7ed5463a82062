#include "highlight.h"

#include <stdbool.h>
#include <string.h>

/* The state: which quote is open, and whether it is a triple one. */
#define OPEN_SINGLE 1
#define OPEN_DOUBLE 2
#define OPEN_TRIPLE 4

static const char *const keywords[] = {
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield",    NULL};

static const char *const builtins[] = {"self",
                                       "cls",
                                       "print",
                                       "range",
                                       "len",
                                       "str",
                                       "int",
                                       "float",
                                       "bool",
                                       "list",
                                       "dict",
                                       "set",
                                       "tuple",
                                       "enumerate",
                                       "zip",
                                       "map",
                                       "filter",
                                       "sorted",
                                       "reversed",
                                       "sum",
                                       "min",
                                       "max",
                                       "abs",
                                       "any",
                                       "all",
                                       "isinstance",
                                       "super",
                                       "open",
                                       "repr",
                                       "type",
                                       "iter",
                                       "next",
                                       "Exception",
                                       "ValueError",
                                       "TypeError",
                                       "KeyError",
                                       "IndexError",
                                       "RuntimeError",
                                       "TimeoutError",
                                       "BaseException",
                                       "StopIteration",
                                       "ExceptionGroup",
                                       NULL};

struct lexer {
    const char *line;
    size_t length, at;
    struct rnd_token *out;
    uint32_t count, max;
    bool names; /* the next word is what def or class defines */
};

/* What was read since `begin` is of a kind. */
static void put(struct lexer *lexer, size_t begin, unsigned kind)
{
    struct rnd_token *last = lexer->count ? &lexer->out[lexer->count - 1] : NULL;
    if (lexer->at == begin)
        return;
    if (last && (last->kind == kind || lexer->count == lexer->max)) {
        last->length += (uint32_t)(lexer->at - begin);
        return;
    }
    if (lexer->max == 0)
        return;
    lexer->out[lexer->count++] = (struct rnd_token){
        .begin = (uint32_t)begin, .length = (uint32_t)(lexer->at - begin), .kind = (uint8_t)kind};
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A byte of a name; those of characters beyond ASCII all are. */
static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c) ||
           ((unsigned char)c & 0x80);
}

static char peek(const struct lexer *lexer, size_t ahead)
{
    return lexer->at + ahead < lexer->length ? lexer->line[lexer->at + ahead] : '\0';
}

static bool is_listed(const char *const *list, const char *word, size_t length)
{
    for (; *list; list++)
        if (strlen(*list) == length && memcmp(*list, word, length) == 0)
            return true;
    return false;
}

/* Reads on in a string up to its end; returns the state after the line if it has none here. */
static rnd_lex_state read_string(struct lexer *lexer, size_t begin, rnd_lex_state open)
{
    char quote = open & OPEN_SINGLE ? '\'' : '"';
    size_t quotes = open & OPEN_TRIPLE ? 3 : 1;
    rnd_lex_state after = open & OPEN_TRIPLE ? open : 0;
    while (lexer->at < lexer->length) {
        char c = lexer->line[lexer->at];
        if (c == '\\') {
            if (lexer->at + 1 >= lexer->length)
                after = open;
            lexer->at += lexer->at + 1 < lexer->length ? 2 : 1;
        } else if (c == quote && (quotes == 1 || (peek(lexer, 1) == c && peek(lexer, 2) == c))) {
            lexer->at += quotes;
            after = 0;
            break;
        } else {
            lexer->at++;
        }
    }
    put(lexer, begin, RND_TOKEN_STRING);
    return after;
}

/* The quotes at the head of a string; the state that they open. */
static rnd_lex_state open_string(struct lexer *lexer)
{
    char quote = peek(lexer, 0);
    rnd_lex_state open = quote == '\'' ? OPEN_SINGLE : OPEN_DOUBLE;
    if (peek(lexer, 1) == quote && peek(lexer, 2) == quote) {
        open |= OPEN_TRIPLE;
        lexer->at += 2;
    }
    lexer->at++;
    return open;
}

/* Whether a word is what may stand before the quotes of a string. */
static bool is_prefix(const char *word, size_t length)
{
    if (length == 0 || length > 2)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!strchr("rRbBfFuU", word[i]))
            return false;
    return true;
}

static rnd_lex_state read_word(struct lexer *lexer)
{
    size_t begin = lexer->at;
    while (lexer->at < lexer->length && is_word(lexer->line[lexer->at]))
        lexer->at++;
    const char *word = lexer->line + begin;
    size_t length = lexer->at - begin;
    char next = peek(lexer, 0);
    if ((next == '"' || next == '\'') && is_prefix(word, length)) {
        rnd_lex_state open = open_string(lexer);
        return read_string(lexer, begin, open);
    }
    bool keyword = is_listed(keywords, word, length);
    bool attribute = begin > 0 && lexer->line[begin - 1] == '.';
    unsigned kind = lexer->names                                      ? RND_TOKEN_DEFINITION
                    : keyword                                         ? RND_TOKEN_KEYWORD
                    : !attribute && is_listed(builtins, word, length) ? RND_TOKEN_BUILTIN
                                                                      : RND_TOKEN_PLAIN;
    lexer->names =
        keyword && (strncmp(word, "def", length) == 0 || strncmp(word, "class", length) == 0);
    put(lexer, begin, kind);
    return 0;
}

static void read_number(struct lexer *lexer)
{
    size_t begin = lexer->at;
    while (lexer->at < lexer->length) {
        char c = lexer->line[lexer->at];
        char before = lexer->at > begin ? lexer->line[lexer->at - 1] : '\0';
        bool exponent = (c == '+' || c == '-') && (before == 'e' || before == 'E');
        /* Two dots are a range in a comment's words, not a number. */
        if (!is_word(c) && !exponent && !(c == '.' && peek(lexer, 1) != '.'))
            break;
        lexer->at++;
    }
    put(lexer, begin, RND_TOKEN_NUMBER);
}

static void read_decorator(struct lexer *lexer)
{
    size_t begin = lexer->at++;
    while (lexer->at < lexer->length && (is_word(peek(lexer, 0)) || peek(lexer, 0) == '.'))
        lexer->at++;
    put(lexer, begin, RND_TOKEN_DECORATOR);
}

uint32_t rnd_highlight_line(const char *line, size_t length, rnd_lex_state *state,
                            struct rnd_token *out, uint32_t max)
{
    struct lexer lexer = {.line = line, .length = length, .out = out, .max = max};
    bool fresh = true; /* nothing but blanks so far */
    if (*state)
        *state = read_string(&lexer, 0, *state);
    while (lexer.at < length) {
        size_t begin = lexer.at;
        char c = line[begin];
        if (c == '#') {
            lexer.at = length;
            put(&lexer, begin, RND_TOKEN_COMMENT);
        } else if (c == '"' || c == '\'') {
            rnd_lex_state open = open_string(&lexer);
            *state = read_string(&lexer, begin, open);
        } else if (is_digit(c) || (c == '.' && is_digit(peek(&lexer, 1)))) {
            read_number(&lexer);
        } else if (is_word(c)) {
            *state = read_word(&lexer);
        } else if (c == '@' && fresh) {
            read_decorator(&lexer);
        } else {
            lexer.at++;
            put(&lexer, begin, RND_TOKEN_PLAIN);
        }
        fresh = fresh && (c == ' ' || c == '\t');
    }
    return lexer.count;
}
