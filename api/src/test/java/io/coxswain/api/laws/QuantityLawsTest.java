package io.coxswain.api.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.schema.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The arithmetic of quantities.
class QuantityLawsTest {

    private static final int TIMES = 5_000;
    private static final List<String> SUFFIXES =
            List.of("", "m", "k", "M", "G", "Ki", "Mi", "Gi", "e3", "E2", "u", "n");

    private final Samples samples = new Samples(3);

    private Quantity any() {
        var number = Integer.toString(samples.below(100_000) - 20_000);
        var fraction = samples.chance() ? "" : "." + samples.below(1000);
        return Quantity.parse(number + fraction + samples.one(SUFFIXES));
    }

    @Test
    void whatIsPrintedIsReadBack() {
        for (var i = 0; i < TIMES; i++) {
            var quantity = any();
            var again = Quantity.parse(quantity.toString());

            assertThat(again).isEqualByComparingTo(quantity);
            assertThat(again.toString()).as(quantity.text()).isEqualTo(quantity.toString());
        }
    }

    @Test
    void sumsDoNotDependOnOrder() {
        for (var i = 0; i < TIMES; i++) {
            var a = any();
            var b = any();
            var c = any();

            assertThat(a.plus(b)).isEqualByComparingTo(b.plus(a));
            assertThat(a.plus(b).plus(c))
                    .as("%s, %s, %s", a, b, c)
                    .isEqualByComparingTo(a.plus(b.plus(c)));
            assertThat(a.plus(b).minus(b)).as("%s, %s", a, b).isEqualByComparingTo(a);
            assertThat(a.plus(Quantity.ZERO)).isEqualByComparingTo(a);
        }
    }

    @Test
    void theOrderIsThatOfTheAmounts() {
        for (var i = 0; i < TIMES; i++) {
            var a = any();
            var b = any();

            assertThat(Integer.signum(a.compareTo(b)))
                    .isEqualTo(Integer.signum(a.amount().compareTo(b.amount())))
                    .isEqualTo(-Integer.signum(b.compareTo(a)));
        }
    }
}
