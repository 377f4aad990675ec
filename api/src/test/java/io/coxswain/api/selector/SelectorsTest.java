package io.coxswain.api.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorsTest {

    private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "5", "in", "x");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                      | true",
                "app=web                 | true",
                "app==web,tier!=6        | true",
                "app in (db, web)        | true",
                "app notin (web)         | false",
                "nope notin (web)        | true",
                "!nope,app               | true",
                "!app                    | false",
                "tier>4                  | true",
                "tier<4                  | false",
                "in=x                    | true",
                "app=                    | false",
                "a=b,                    | found '', expected: identifier after ','",
                "x in (a                 | unable to parse requirement: found '',"
                        + " expected: ',' or ')'",
                "x in                    | unable to parse requirement: found '' expected: '('",
                "x y                     | unable to parse requirement: found 'y',"
                        + " expected: in, notin, =, ==, !=, gt, lt, exists, !",
                "=a                      | found '=', expected: !, identifier, or 'end of string'",
                "a=b c                   | found 'c', expected: ',' or 'end of string'",
                "tier>x                  | unable to parse requirement: values[0]:"
                        + " Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must"
                        + " be an integer",
                "x in ()                 | false",
            })
    void labelSelectorsMatchOrSayWhyNot(String text, String expected) {
        String got;
        try {
            got = Boolean.toString(LabelSelectors.parse(text).matches(LABELS));
        } catch (IllegalArgumentException e) {
            got = e.getMessage();
        }
        assertThat(got).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                | true",
                "status.phase=Running              | true",
                "status.phase!=Running             | false",
                "spec.nodeName=,status.phase==Running | true",
                "x=a\\,b                           | false",
                "phase                             | invalid selector: 'phase'; can't"
                        + " understand 'phase'",
            })
    void fieldSelectorsMatchOrSayWhyNot(String text, String expected) {
        String got;
        try {
            got =
                    Boolean.toString(
                            FieldSelectors.parse(text).matches(Map.of("status.phase", "Running")));
        } catch (IllegalArgumentException e) {
            got = e.getMessage();
        }
        assertThat(got).isEqualTo(expected);
    }
}
