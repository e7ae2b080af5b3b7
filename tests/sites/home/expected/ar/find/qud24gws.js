timelineParts["ohbhlrno"]="=c202:!AQ\n=d20:!AQ\n=h1442:!AQ\n=m3:!AQ\n=n7:!AQ\n=places/cape:!AQ;!AQ\n=places/strait:!AQ;!Ag\n=s1:!AQ\n=ships/tern:!AQ;!BA\n=t2:!AQ\n=y2021:!AQ\nabout:;;!Ag\ncape:!AQ;!AQ\nis:!AQ;;!AQ\nlamp:!AQ;;!AQ\nlit:!AQ;;!AQ\nstrait:!AQ;!Ag\ntern:!AQ;!BA\nthe:!AQ;!Aw;!AQ\nwelcome:;;!BA\nاضيء:!AQ;;!AQ\nالراس:!AQ;!AQ\nالمصباح:!AQ;;!AQ\nالمضيق:!AQ;!Ag\nاهلا:;;!BA\nراس-:!AQ;!AQ\nمصباح-:!AQ;;!AQ\nمضيق-:!AQ;!Ag\n";
timelineParts["57rea6mw"]=[["lamp-lit","أضيء المصباح","","2 مارس 2021"]];
timelineParts["cadzrq45"]=[["ar/articles/lamp/","أضيء المصباح","","4 مارس 2021"],["en/about/","About","en"],["ar/","أهلا"]];
timelineParts["wajkurev"]=[["places","cape","الرأس","",1],["places","strait","المضيق","",1],["ships","tern","Tern","en",1]];
timelineParts["wkmcpd3e"]={"days":"gwkBA","marks":"AJ","names":["places/cape","places/strait","ships/tern"],"named":"ABC."};
