package org.almosttls.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.almosttls.agent.authority.ThrowAwayAuthority;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.Hidden;
import org.almosttls.registry.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stays hidden of another stack's handshakes is what the table of docs/agent.md says, line by line. */
class HiddenFieldsTest {

    private static final Path PAGE = Path.of("..", "docs", "agent.md");
    private static final Pattern TABLE =
            Pattern.compile("(?s)named in `almosttls\\.missing`:\n\n\\| where [^\n]*\n\\|---[^\n]*\n(.*?)\n\n");
    private static final Pattern FIELD = Pattern.compile("`([a-z0-9_.]+)`");

    private List<X509Certificate> chain;

    @BeforeEach
    void makeChain() throws Exception {
        chain = List.of(new ThrowAwayAuthority().certificate());
    }

    /** A handshake that was done, which each line has as it needs it: at first one of which all is known. */
    private record Handshake(
            String version, boolean isSeen, boolean isEngine, Role role, List<X509Certificate> own, boolean resumes) {

        Handshake of13() {
            return new Handshake("TLSv1.3", isSeen, isEngine, role, own, resumes);
        }

        Handshake unseen() {
            return new Handshake(version, false, isEngine, role, own, resumes);
        }

        Handshake overSocket() {
            return new Handshake(version, isSeen, false, role, own, resumes);
        }

        Handshake at(Role end) {
            return new Handshake(version, isSeen, isEngine, end, own, resumes);
        }

        Handshake withoutCertificate() {
            return new Handshake(version, isSeen, isEngine, role, List.of(), resumes);
        }

        Handshake resumed() {
            return new Handshake(version, isSeen, isEngine, role, own, true);
        }

        private boolean is13() {
            return version.equals("TLSv1.3");
        }

        WatchedHandshake seen() {
            var seen = new WatchedHandshake();
            if (!isSeen) return seen;
            String answer = resumes ? HellosTest.RESUMED : is13() ? HellosTest.LATER : HellosTest.EARLIER;
            pass(seen, Direction.SENT, HellosTest.message("01", HellosTest.CLIENT));
            pass(seen, Direction.RECEIVED, HellosTest.message("02", answer));
            return seen;
        }

        private static void pass(WatchedHandshake seen, Direction direction, byte[] message) {
            assertTrue(seen.read(new Seen.Message(direction, message), event -> {}));
        }

        Set<String> hidden() {
            String suite = is13() ? "TLS_AES_128_GCM_SHA256" : "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
            var done = new Established(
                    role, false, isEngine, version, suite, Instant.EPOCH, List.of(), own, Optional.empty());
            return fields(done.hidden(done.negotiated(seen()).orElseThrow(), seen()));
        }
    }

    private static Set<String> fields(Hidden hidden) {
        return new TreeSet<>(hidden.fields());
    }

    private static Set<String> without(Set<String> known, Set<String> fields) {
        var left = new TreeSet<>(fields);
        left.removeAll(known);
        return left;
    }

    private Handshake known() {
        return new Handshake("TLSv1.2", true, true, Role.CLIENT, chain, false);
    }

    /** By what is in the first cell of its line. */
    private Map<String, Set<String>> hidden() {
        var known = known();
        var late = known.of13();
        var of = new LinkedHashMap<String, Set<String>>();
        of.put("what goes under protection", late.hidden());
        of.put(
                "TLS 1.3, of a client that sent no certificate",
                without(late.hidden(), late.withoutCertificate().hidden()));
        of.put("TLS 1.3 over sockets", without(late.hidden(), late.overSocket().hidden()));
        of.put("TLS 1.3 that failed", fields(Established.hiddenFrom(late.seen())));
        of.put("in a renegotiation", fields(Established.HIDDEN_OF_RENEGOTIATIONS));
        of.put(
                "of a server whose stack shows no certificate",
                known.at(Role.SERVER).withoutCertificate().hidden());
        of.put("made without host and port", fields(Established.HIDDEN_PEER));
        of.put(
                "over something that is no socket of the platform's",
                known.unseen().withoutCertificate().hidden());
        return of;
    }

    private static Map<String, Set<String>> table() throws IOException {
        Matcher table = TABLE.matcher(Files.readString(PAGE));
        assertTrue(table.find());
        return table.group(1)
                .lines()
                .map(line -> line.split(" \\| "))
                .collect(Collectors.toMap(
                        cells -> cells[0], cells -> named(cells[1]), (one, other) -> one, LinkedHashMap::new));
    }

    private static Set<String> named(String cell) {
        return FIELD.matcher(cell)
                .results()
                .map(field -> field.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void eachLineOfTheTableNamesWhatIsHiddenThere() throws IOException {
        var told = new LinkedHashMap<String, Set<String>>();
        for (var line : table().entrySet()) {
            var meant = hidden().keySet().stream()
                    .filter(line.getKey()::contains)
                    .findFirst()
                    .orElse(line.getKey());
            told.put(meant, line.getValue());
        }
        assertEquals(hidden(), told);
    }

    @Test
    void nothingElseIsHiddenOfAnyHandshake() throws IOException {
        var named = table().values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        for (var early : List.of(known(), known().unseen())) {
            for (var engine : List.of(early, early.of13(), early.of13().resumed())) {
                for (var own : List.of(engine, engine.withoutCertificate())) {
                    for (var role : Role.values()) {
                        var all = own.at(role).overSocket().hidden();
                        all.addAll(own.at(role).hidden());
                        assertEquals(Set.of(), without(named, all), own::toString);
                    }
                }
            }
        }
    }

    /** RFC 8446 §4.2.11: nobody signs where the keys come of a session that was there before. */
    @Test
    void whatIsKnownIsNotHidden() {
        assertEquals(Set.of(), known().hidden());
        assertEquals(Set.of(), known().withoutCertificate().hidden());
        assertEquals(Set.of("almosttls.key_updates"), known().of13().resumed().hidden());
    }
}
