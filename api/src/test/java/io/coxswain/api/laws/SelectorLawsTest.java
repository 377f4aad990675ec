package io.coxswain.api.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.selector.FieldSelectors;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.api.selector.Requirement;
import io.coxswain.api.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The algebra of selectors.
class SelectorLawsTest {

    private static final int TIMES = 5_000;
    private static final Map<Operator, Operator> OPPOSITE =
            Map.of(
                    Operator.IN, Operator.NOT_IN,
                    Operator.EQUALS, Operator.NOT_EQUALS,
                    Operator.EXISTS, Operator.DOES_NOT_EXIST);

    private final Samples samples = new Samples(2);

    private Requirement requirement() {
        var operator = samples.one(List.of(Operator.values()));
        var values = new TreeSet<String>();
        switch (operator) {
            case IN, NOT_IN -> {
                values.add(samples.one(List.of("a", "b", "")));
                values.add(samples.one(List.of("c", "d")));
            }
            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS ->
                    values.add(samples.one(List.of("a", "b", "c")));
            case GREATER_THAN, LESS_THAN -> values.add(Integer.toString(samples.below(5)));
            case EXISTS, DOES_NOT_EXIST -> {}
        }
        return new Requirement(samples.word(), operator, values);
    }

    private Map<String, String> labels() {
        var labels = new HashMap<String, String>();
        for (var i = samples.below(4); i > 0; i--) {
            labels.put(samples.word(), samples.one(List.of("a", "b", "c", "d", "", "1", "3", "7")));
        }
        return labels;
    }

    @Test
    void whatIsPrintedIsReadBack() {
        for (var i = 0; i < TIMES; i++) {
            var all = new ArrayList<Requirement>();
            for (var n = 1 + samples.below(3); n > 0; n--) {
                all.add(requirement());
            }
            var text = new LabelSelectors(List.copyOf(all), false).toString();
            var read = LabelSelectors.parse(text);
            var labels = labels();

            assertThat(read.toString()).isEqualTo(LabelSelectors.parse(read.toString()).toString());
            assertThat(read.matches(labels))
                    .as("%s of %s", text, labels)
                    .isEqualTo(all.stream().allMatch(one -> one.matches(labels)));
        }
    }

    @Test
    void anObjectMatchesEitherARequirementOrItsOpposite() {
        for (var i = 0; i < TIMES; i++) {
            var one = requirement();
            var opposite = OPPOSITE.get(one.operator());
            if (opposite == null) {
                continue;
            }
            var labels = labels();

            assertThat(new Requirement(one.key(), opposite, one.values()).matches(labels))
                    .as("%s of %s", one, labels)
                    .isNotEqualTo(one.matches(labels));
        }
    }

    @Test
    void fieldSelectorsAreReadBackWhateverTheirValuesAre() {
        for (var i = 0; i < TIMES; i++) {
            var value = samples.one(List.of("a", "a,b", "a=b", "a\\b", "\\", "", ",,=="));
            var term = new FieldSelectors.Term("metadata.name", value, samples.chance());
            var read = FieldSelectors.parse(new FieldSelectors(List.of(term)).toString());
            var fields = Map.of("metadata.name", samples.one(List.of("a", "a,b", "a\\b", "")));
            var opposite = new FieldSelectors.Term(term.field(), value, !term.equal());

            assertThat(read.terms()).containsExactly(term);
            assertThat(read.matches(fields))
                    .isNotEqualTo(new FieldSelectors(List.of(opposite)).matches(fields));
        }
    }
}
