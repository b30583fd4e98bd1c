package org.almosttls.agent.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.almosttls.agent.options.UpgradeOptions.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

    private static final Rules PORTS = new Rules(List.of(new Ports(9092, 9092), new Ports(8000, 8010)), List.of());

    private static InetSocketAddress server(String host, int port) throws Exception {
        return new InetSocketAddress(InetAddress.getByAddress(host, new byte[] {10, 0, 0, 7}), port);
    }

    @ParameterizedTest
    @CsvSource({"9092, true", "8000, true", "8010, true", "8011, false", "9091, false"})
    void aPortIsMeantAtEitherEnd(int port, boolean meant) throws Exception {
        assertEquals(meant, PORTS.meanServer(port));
        assertEquals(meant, PORTS.meanClient(server("db.internal", port)));
    }

    @ParameterizedTest
    @CsvSource({
        "db.internal, db.internal, true",
        "DB.Internal., db.internal, true",
        "*.internal, db.internal, true",
        "*.internal, internal, false",
        "*.internal, dbinternal, false",
        "10.0.0.7, db.internal, true",
        "10.0.0.8, db.internal, false",
        "other, db.internal, false"
    })
    void aHostIsMeantByItsNameOrItsAddress(String rule, String host, boolean meant) throws Exception {
        assertEquals(meant, new Rules(List.of(), List.of(rule)).meanClient(server(host, 5432)));
    }

    @Test
    void hostsAloneMeanNoServer() {
        assertFalse(new Rules(List.of(), List.of("db.internal")).meanServer(5432));
    }

    @Test
    void withoutARuleAllAreMeant() throws Exception {
        Rules none = new Rules(List.of(), List.of());
        assertTrue(none.meanServer(1) && none.meanClient(server("db.internal", 1)));
    }
}
