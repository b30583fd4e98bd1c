package org.almosttls.agent.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.almosttls.agent.options.UpgradeOptions.Mode;
import org.almosttls.agent.options.UpgradeOptions.Ports;
import org.almosttls.agent.options.UpgradeOptions.StoreFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeOptionsTest {

    private final Properties properties = new Properties();

    private AgentOptions all(String text) throws OptionRefused {
        return AgentOptions.of(text, properties, Map.of());
    }

    private UpgradeOptions parse(String text) throws OptionRefused {
        return all(text).upgrade();
    }

    private String refusal(String text) {
        return assertThrows(OptionRefused.class, () -> parse(text)).getMessage();
    }

    @Test
    void nothingIsUpgradedUnlessItIsAskedFor() throws OptionRefused {
        assertEquals(UpgradeOptions.OFF, parse(""));
    }

    @Test
    void listsMayHaveCommasAmongTheAgentsOptions() throws OptionRefused {
        UpgradeOptions options = parse("upgrade=strict,upgrade.ports=9092,8000-8010,upgrade.hosts=a,*.b,format=json");
        assertEquals(Mode.STRICT, options.mode());
        assertEquals(List.of(new Ports(9092, 9092), new Ports(8000, 8010)), options.ports());
        assertEquals(List.of("a", "*.b"), options.hosts());
    }

    @Test
    void afterAListTheOtherWordsAreWordsAgain() throws OptionRefused {
        assertEquals(
                AgentOptions.Format.JSON,
                all("upgrade=observe,upgrade.ports=1,2,format=json").format());
        assertTrue(all("upgrade=observe,upgrade.ports=1,2,help").help());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "9-8", "x", "1,,2", "1-2-3"})
    void aPortThatIsNoneIsRefused(String ports) {
        assertTrue(refusal("upgrade=strict,upgrade.ports=" + ports).startsWith("bad value \"" + ports + "\""));
    }

    @Test
    void toUpgradeEverythingIsRefused() {
        assertEquals(
                "upgrade in the agent's options asks for upgrade.ports or upgrade.hosts",
                refusal("upgrade=permissive"));
    }

    @ParameterizedTest
    @CsvSource({
        "strict, ',upgrade.keystore=own.p12', false, false",
        "strict, ',upgrade.truststore=ca.pem', true, true",
        "strict, ',upgrade.peers=spiffe://example.org/web', true, true",
        "strict, ',upgrade.peers=any', true, true",
        "permissive, ',upgrade.truststore=ca.pem', true, false",
        "permissive, ',upgrade.peers=spiffe://example.org/*,any', true, false"
    })
    void whoHasPeersOrATrustStoreAsksAndAStrictOneInsists(String mode, String words, boolean asks, boolean insists)
            throws OptionRefused {
        UpgradeOptions options = parse("upgrade=" + mode + ",upgrade.ports=1" + words);
        assertEquals(List.of(asks, insists), List.of(options.asksClients(), options.insists()));
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "',protocol=TLS,upgrade.protocol=TLS', false",
        "',upgrade.protocol=AlmostTLSv1', true",
        "',protocol=AlmostTLSv1', true",
        "',protocol=AlmostTLSv1,upgrade.protocol=TLS', true"
    })
    void whereAllIsTheTextbooksTheUpgradeIs(String words, boolean textbook) throws OptionRefused {
        assertEquals(textbook, parse("upgrade=strict,upgrade.ports=1" + words).textbook());
    }

    @Test
    void whoWatchesOtherStacksUpgradesNothing() {
        assertEquals("upgrade in the agent's options asks for mode=install", refusal("mode=observe,upgrade=observe"));
    }

    @Test
    void aPasswordHasNoPlaceOnACommandLine() {
        String refusal = refusal("upgrade=strict,upgrade.ports=1,upgrade.keystore.password=hunter2");
        assertTrue(refusal.startsWith("\"upgrade.keystore.password\" has no place in the agent's options"), refusal);
        assertFalse(refusal.contains("hunter2"));
    }

    @Test
    void aPasswordIsInNobodysText() throws OptionRefused {
        properties.setProperty("almosttls.upgrade.keystore.password", "hunter2");
        UpgradeOptions options = parse("upgrade=strict,upgrade.ports=1,upgrade.keystore=own.p12");
        assertEquals(Optional.of(new StoreFile("own.p12", Optional.of("hunter2"), Optional.empty())), options.keys());
        assertFalse(options.toString().contains("hunter2"));
    }
}
