timelineParts["potoeifl"]="=c161:!AQ\n=c188:!Ag\n=d10:!AQ\n=d80:!Ag\n=h1027:!AQ\n=h1299:!Ag\n=m11:!AQ\n=n11:!AQ\n=n12:!AQ\n=s0:!Aw\n=tags/comets:!Aw;!AQ\n=y1618:!AQ\n=y1882:!Ag\nbuilt:!Ag\ncomet:!AQ;;!AQ\ncomets:!Aw;!AQ\ndas:;;!AQ\nder:!AQ\ndie:!Ag\ndome:!Ag\ngebaut:!Ag\ngesehen:!AQ\nis:!Aw\nkomet:!AQ\nkometenjahr:;;!AQ\nkuppel:!Ag\nseen:!AQ\nthe:!Aw;;!AQ\nwird:!Aw\nyear:;;!AQ\n";
timelineParts["ak4wxbop"]=[["comet-seen","Der Komet wird gesehen","","Nov. 1618"],["dome-built","Die Kuppel wird gebaut","","Frühjahr 1882"]];
timelineParts["zxx7ksg2"]=[["de/articles/comet/","Das Kometenjahr","","1. Okt. 2019"]];
timelineParts["csu3syzn"]=[["tags","comets","comets","en",2]];
timelineParts["zhetven6"]={"days":"pw6H6Bm77F2F","marks":"ADAD","names":["tags/comets"],"named":"A.A."};
