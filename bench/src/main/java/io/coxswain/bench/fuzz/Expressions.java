package io.coxswain.bench.fuzz;

import io.coxswain.apiserver.cel.Budget;
import io.coxswain.apiserver.cel.CelEnvironment;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.DeclType;
import io.coxswain.apiserver.cel.Values;
import java.util.List;
import java.util.Map;

/// The compiler and the interpreter of expressions, over a pod.
final class Expressions {

    private static final List<String> SEEDS =
            List.of(
                    "object.spec.containers.all(c, c.name.size() < 9 && !has(c.command))",
                    "quantity('1Gi').add(3).isGreaterThan(quantity('2M')) ? 'a' : \"b\"",
                    "[1, 2u, 3.0, b'x', {'k': null}].exists_one(x, type(x) == int)",
                    "url('https://a:1/b?c').getHost().matches('^[a-z]+$')",
                    "duration('1h') < timestamp('2020-01-01T00:00:00Z') - timestamp('2019')",
                    "cidr('10.0.0.0/8').containsIP(ip('10.1.1.1'))",
                    "semver('1.2.3').major() == 1 || 'a-%s'.format(['x']).split('-')[0] == r'a'",
                    "object.metadata.labels.map(k, k + '!').join(',').replace('a', 'b', 2)",
                    "[3, 1].sum() + [[1], [2]].map(l, l[0]).max() % 2 - -0x1f",
                    "optional.of(object).?spec.orValue('none') == dyn(1)");

    private Expressions() {}

    static FuzzTarget expressions() {
        var environment = new CelEnvironment(Map.of("object", DeclType.DYN));
        var pod = Values.of(Samples.pod());
        return FuzzTarget.ofText(
                SEEDS,
                text -> {
                    if (environment.compile(text) instanceof CelEnvironment.Compiled(var program)) {
                        try {
                            program.evaluate(name -> pod, new Budget(Budget.PER_CALL));
                        } catch (CelFailure refused) {
                            // It has no value.
                        }
                    }
                });
    }
}
