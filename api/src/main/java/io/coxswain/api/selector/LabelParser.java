package io.coxswain.api.selector;

import io.coxswain.api.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/// Reads the text form of label selectors, with upstream's grammar and upstream's complaints.
final class LabelParser {

    private enum Symbol {
        END,
        ERROR,
        IDENTIFIER,
        OPEN,
        CLOSE,
        COMMA,
        NOT,
        IN,
        NOT_IN,
        EQUALS,
        DOUBLE_EQUALS,
        NOT_EQUALS,
        GREATER,
        LESS
    }

    private record Token(Symbol kind, String text) {

        /// `in` and `notin` are ordinary names where a key or value is expected.
        Symbol asValue() {
            return kind == Symbol.IN || kind == Symbol.NOT_IN ? Symbol.IDENTIFIER : kind;
        }
    }

    private static final Map<String, Symbol> SYMBOLS =
            Map.of(
                    "(", Symbol.OPEN,
                    ")", Symbol.CLOSE,
                    ",", Symbol.COMMA,
                    "!", Symbol.NOT,
                    "=", Symbol.EQUALS,
                    "==", Symbol.DOUBLE_EQUALS,
                    "!=", Symbol.NOT_EQUALS,
                    ">", Symbol.GREATER,
                    "<", Symbol.LESS);
    private static final String OPERATORS = "in, notin, =, ==, !=, gt, lt, exists, !";
    private static final String SPECIAL = "=!(),><";

    private final List<Token> tokens = new ArrayList<>();
    private int at;

    LabelParser(String text) {
        var from = 0;
        while (from < text.length()) {
            var c = text.charAt(from);
            if (" \t\r\n".indexOf(c) >= 0) {
                from++;
                continue;
            }
            var end = SPECIAL.indexOf(c) >= 0 ? symbolEnd(text, from) : wordEnd(text, from);
            tokens.add(token(text.substring(from, end)));
            from = end;
        }
        tokens.add(new Token(Symbol.END, ""));
    }

    private static int wordEnd(String text, int from) {
        var end = from;
        while (end < text.length()
                && SPECIAL.indexOf(text.charAt(end)) < 0
                && " \t\r\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static int symbolEnd(String text, int from) {
        return from + 2 <= text.length() && SYMBOLS.containsKey(text.substring(from, from + 2))
                ? from + 2
                : from + 1;
    }

    private static Token token(String text) {
        var symbol = SYMBOLS.get(text);
        if (symbol != null) {
            return new Token(symbol, text);
        }
        return switch (text) {
            case "in" -> new Token(Symbol.IN, text);
            case "notin" -> new Token(Symbol.NOT_IN, text);
            default -> new Token(Symbol.IDENTIFIER, text);
        };
    }

    private Token next() {
        return at < tokens.size() ? tokens.get(at++) : tokens.getLast();
    }

    private Token ahead() {
        return at < tokens.size() ? tokens.get(at) : tokens.getLast();
    }

    List<Requirement> requirements() {
        var all = new ArrayList<Requirement>();
        while (true) {
            var start = ahead();
            if (start.kind == Symbol.END) {
                return all;
            }
            if (start.asValue() != Symbol.IDENTIFIER && start.kind != Symbol.NOT) {
                throw wrong(
                        "found '" + start.text + "', expected: !, identifier, or 'end of string'");
            }
            try {
                all.add(requirement());
            } catch (IllegalArgumentException e) {
                throw wrong("unable to parse requirement: " + e.getMessage());
            }
            var behind = next();
            if (behind.kind == Symbol.END) {
                return all;
            }
            if (behind.kind != Symbol.COMMA) {
                throw wrong("found '" + behind.text + "', expected: ',' or 'end of string'");
            }
            var after = ahead();
            if (after.asValue() != Symbol.IDENTIFIER && after.kind != Symbol.NOT) {
                throw wrong("found '" + after.text + "', expected: identifier after ','");
            }
        }
    }

    private Requirement requirement() {
        var token = next();
        var absent = token.kind == Symbol.NOT;
        if (absent) {
            token = next();
        }
        if (token.asValue() != Symbol.IDENTIFIER) {
            throw wrong("found '" + token.text + "', expected: identifier");
        }
        var key = token.text;
        var wrongKey = LabelRules.keyError(key, "<nil>");
        if (!wrongKey.isEmpty()) {
            throw wrong(wrongKey);
        }
        if (absent) {
            return LabelRules.requirement(key, Operator.DOES_NOT_EXIST, List.of());
        }
        if (ahead().kind == Symbol.END || ahead().kind == Symbol.COMMA) {
            return LabelRules.requirement(key, Operator.EXISTS, List.of());
        }
        var operator = operator();
        var values =
                operator == Operator.IN || operator == Operator.NOT_IN ? values() : exactValue();
        return LabelRules.requirement(key, operator, values);
    }

    private Operator operator() {
        var token = next();
        return switch (token.kind) {
            case IN -> Operator.IN;
            case NOT_IN -> Operator.NOT_IN;
            case EQUALS -> Operator.EQUALS;
            case DOUBLE_EQUALS -> Operator.DOUBLE_EQUALS;
            case NOT_EQUALS -> Operator.NOT_EQUALS;
            case GREATER -> Operator.GREATER_THAN;
            case LESS -> Operator.LESS_THAN;
            case END, ERROR, IDENTIFIER, OPEN, CLOSE, COMMA, NOT ->
                    throw wrong("found '" + token.text + "', expected: " + OPERATORS);
        };
    }

    private SequencedSet<String> exactValue() {
        var values = new TreeSet<String>();
        if (ahead().kind == Symbol.END || ahead().kind == Symbol.COMMA) {
            values.add("");
            return values;
        }
        var token = next();
        if (token.asValue() != Symbol.IDENTIFIER) {
            throw wrong("found '" + token.text + "', expected: identifier");
        }
        values.add(token.text);
        return values;
    }

    private SequencedSet<String> values() {
        var open = next();
        if (open.kind != Symbol.OPEN) {
            throw wrong("found '" + open.text + "' expected: '('");
        }
        var first = ahead();
        if (first.kind == Symbol.CLOSE) {
            next();
            return new TreeSet<>(Set.of("")); // As upstream: `in ()` is `in ("")`.
        }
        if (first.asValue() != Symbol.IDENTIFIER && first.kind != Symbol.COMMA) {
            throw wrong("found '" + first.text + "', expected: ',', ')' or identifier");
        }
        var values = identifiers();
        if (next().kind != Symbol.CLOSE) {
            throw wrong("found '" + first.text + "', expected: ')'");
        }
        return values;
    }

    private SequencedSet<String> identifiers() {
        var values = new TreeSet<String>();
        while (true) {
            var token = next();
            if (token.asValue() == Symbol.IDENTIFIER) {
                values.add(token.text);
                if (ahead().kind == Symbol.CLOSE) {
                    return values;
                }
                if (ahead().kind != Symbol.COMMA) {
                    throw wrong("found '" + ahead().text + "', expected: ',' or ')'");
                }
            } else if (token.kind == Symbol.COMMA) {
                if (values.isEmpty()) {
                    values.add("");
                }
                if (ahead().kind == Symbol.CLOSE) {
                    values.add("");
                    return values;
                }
                if (ahead().kind == Symbol.COMMA) {
                    next();
                    values.add("");
                }
            } else {
                throw wrong("found '" + token.text + "', expected: ',', or identifier");
            }
        }
    }

    private static IllegalArgumentException wrong(String message) {
        return new IllegalArgumentException(message);
    }
}
