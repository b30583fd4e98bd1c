package org.almosttls.real;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sample.testkit.ChildJvm;
import sample.testkit.SessionJson;

/** What the session logs of JVMs told about their connections, by what both ends of one know of it. */
record Told(Map<String, Long> connections) {

    static Told nothing() {
        return new Told(Map.of());
    }

    /** All connections of a JVM that has ended: each by our stack, in this role, and its handshake finished. */
    static Told by(ChildJvm jvm, String role) {
        return by(Way.AGENT, jvm, role);
    }

    /** The same, by the stack that it is then. */
    static Told by(Way way, ChildJvm jvm, String role) {
        return sum(sessions(jvm).map(session -> connection(way, session, role)));
    }

    /** What went well of a JVM that has ended, and that refused others or was left by them; in both roles. */
    static Told byBothEnds(ChildJvm jvm) {
        return byBothEnds(Way.AGENT, jvm);
    }

    /** The same, by the stack that it is then. */
    static Told byBothEnds(Way way, ChildJvm jvm) {
        return sum(sessions(jvm)
                .filter(session -> session.at("tls.established").equals("true"))
                .map(session -> connection(way, session, session.at("almosttls.role"))));
    }

    private static Told sum(Stream<String> connections) {
        return new Told(
                connections.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting())));
    }

    /** In the order that they ended in. */
    static Stream<SessionJson> sessions(ChildJvm jvm) {
        return jvm.stderr().lines().filter(line -> line.startsWith("{\"")).map(SessionJson::parse);
    }

    /** That a JVM, which has ended, knows where each of its connections goes, and has told each once; engines know one end. */
    static void assertEachOnceAndPlaced(ChildJvm jvm) {
        List<String> places = sessions(jvm)
                .map(session -> session.values().getOrDefault("network.local.port", "-") + " "
                        + session.at("network.peer.address") + " " + session.at("network.peer.port"))
                .toList();
        assertEquals(places.stream().distinct().toList(), places, jvm::stderr);
    }

    private static String connection(Way way, SessionJson session, String role) {
        assertEquals(way.provider(), session.at("almosttls.provider"), session::toString);
        assertEquals(role, session.at("almosttls.role"), session::toString);
        assertEquals("true", session.at("tls.established"), session::toString);
        return Stream.of(
                        "tls.protocol.version",
                        "tls.cipher",
                        "tls.resumed",
                        "tls.next_protocol",
                        "tls.client.subject",
                        "tls.server.hash.sha256",
                        "tls.client.ja3",
                        "tls.server.ja3s")
                .map(field -> session.values().getOrDefault(field, "-"))
                .collect(Collectors.joining(" "));
    }

    Told and(Told other) {
        Map<String, Long> sum = new TreeMap<>(connections);
        other.connections.forEach((connection, count) -> sum.merge(connection, count, Long::sum));
        return new Told(sum);
    }

    long count() {
        return connections.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether the other end told of each of these connections, and maybe of more. */
    boolean isWithin(Told other) {
        return connections.entrySet().stream()
                .allMatch(one -> other.connections.getOrDefault(one.getKey(), 0L) >= one.getValue());
    }

    /** One line for all connections that are alike. */
    String lines() {
        return connections.entrySet().stream()
                .map(one -> one.getValue() + " times " + one.getKey())
                .collect(Collectors.joining("\n"));
    }
}
