package io.coxswain.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Makes the clusters of a [ClusterTest] and closes them after their tests.
final class ClusterExtension implements ParameterResolver {

    private static final Namespace CLUSTERS = Namespace.create(ClusterExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType().equals(TestCluster.class);
    }

    @Override
    public TestCluster resolveParameter(ParameterContext parameter, ExtensionContext test) {
        var wanted = test.getRequiredTestClass().getAnnotation(ClusterTest.class);
        var nodes = wanted == null ? 3 : wanted.nodes();
        var seed = wanted == null ? 1 : wanted.seed();
        // What the store holds is closed by JUnit when the test is over.
        return test.getStore(CLUSTERS)
                .computeIfAbsent(
                        TestCluster.class,
                        key -> TestCluster.start(seed).addNodes(nodes),
                        TestCluster.class);
    }
}
