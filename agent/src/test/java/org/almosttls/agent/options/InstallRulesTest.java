package org.almosttls.agent.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallRulesTest {

    private static final List<String> NOBODY = List.of();

    private static InstallRules rules(String text) throws OptionRefused {
        return AgentOptions.of(text, new Properties(), Map.of()).rules();
    }

    private static boolean except(String rule, String caller, End... ends) throws OptionRefused {
        return !rules("install.except=" + rule).areFor(List.of(caller), List.of(ends));
    }

    @Test
    void withoutRulesTheyAreForEverybody() throws OptionRefused {
        assertEquals(InstallRules.NONE, rules(""));
        assertTrue(InstallRules.NONE.areFor(NOBODY, List.of()));
        assertEquals(Optional.of(true), InstallRules.NONE.areForAll(NOBODY));
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.Client, com.acme.Client, true",
        "com.acme.Client, com.acme.Client$Inner, true",
        "com.acme.Client$Inner, com.acme.Client, false",
        "com.acme.Client, com.acme.ClientOfOthers, false",
        "com.acme.*, com.acme.Client, true",
        "com.acme.*, com.acme.deep.Client, true",
        "com.acme.*, com.acmeother.Client, false",
        "Main, Main, true"
    })
    void aClassIsNamedByItselfOrByItsPackage(String rule, String caller, boolean named) throws OptionRefused {
        assertEquals(named, except(rule, caller));
    }

    @ParameterizedTest
    @CsvSource({
        "db.example.org, db.example.org, 5432, true",
        "db.example.org, DB.Example.ORG, 5432, true",
        "db.example.org, example.org, 5432, false",
        "db.example.org:5432, db.example.org, 5432, true",
        "db.example.org:5432, db.example.org, 443, false",
        "*:5432, anything, 5432, true",
        "*:5432, anything, -1, false",
        "10.1.2.3, 10.1.2.3, 80, true",
        "[::1]:443, ::1, 443, true",
        "localhost, localhost, 1, true"
    })
    void anEndIsNamedByHostOrPortOrBoth(String rule, String host, int port, boolean named) throws OptionRefused {
        assertEquals(named, except(rule, "com.acme.Client", new End(host, port)));
    }

    @Test
    void exceptionsComeAfterWhatIsWanted() throws OptionRefused {
        InstallRules rules = rules("install.only=com.acme.*,install.except=*:1");
        assertTrue(rules.areFor(List.of("com.acme.Client"), List.of(new End("", 2))));
        assertEquals(false, rules.areFor(List.of("com.acme.Client"), List.of(new End("", 1))));
        assertEquals(false, rules.areFor(NOBODY, List.of(new End("", 2))));
    }

    @ParameterizedTest
    @CsvSource({
        "install.only=com.acme.*, com.acme.A, true",
        "install.only=com.acme.*, org.other.A, false",
        "install.except=com.acme.*, com.acme.A, false",
        "install.except=com.acme.*;*:1, com.acme.A, false",
        "install.only=com.acme.*;*:1, com.acme.A, true",
        "install.only=com.acme.*;*:1, org.other.A,",
        "install.except=*:1, com.acme.A,",
        "'install.only=com.acme.*,install.except=*:1', com.acme.A,"
    })
    void whereEndsDoNotMatterItIsKnownWhoAsks(String text, String caller, Boolean known) throws OptionRefused {
        assertEquals(Optional.ofNullable(known), rules(text).areForAll(List.of(caller)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*:", "host:0", "host:65536", "host:x", "a b", ";", "host;", "::1", "*:*"})
    void whatIsNoRuleIsRefusedByName(String text) {
        OptionRefused refused = assertThrows(OptionRefused.class, () -> rules("install.only=" + text));
        assertTrue(refused.getMessage().startsWith("bad rule \""), refused::getMessage);
        assertTrue(refused.getMessage().contains("for install.only in the agent's options"), refused::getMessage);
    }

    @Test
    void anAddressIsCalledByItsNameAndItsNumberWithoutALookUp() throws Exception {
        InetAddress address = InetAddress.getByAddress("db.example.org", new byte[] {10, 1, 2, 3});
        assertEquals(List.of(new End("db.example.org", 80), new End("10.1.2.3", 80)), End.of(address, 80));
        assertEquals(
                List.of(new End("db.example.org", 80)),
                End.of(InetSocketAddress.createUnresolved("db.example.org", 80)));
    }
}
