package io.coxswain.cluster;

/// How `cox up` sets a cluster up.
///
/// @param realNode whether this machine becomes a node that runs containers
/// @param simulatedNodes how many nodes only play what a node does
public record ClusterConfiguration(
        ControlPlaneConfiguration controlPlane, boolean realNode, int simulatedNodes) {}
