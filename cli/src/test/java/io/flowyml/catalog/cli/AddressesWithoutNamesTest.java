package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AddressesWithoutNamesTest {
  @Test
  void namesAreResolved_andAddressesKeepTheirNumbers() throws Exception {
    var localhost = InetAddress.getByName("localhost");
    assertThat(localhost.isLoopbackAddress()).isTrue();
    var address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    assertThat(address.getHostName()).isEqualTo("127.0.0.1");
  }
}
